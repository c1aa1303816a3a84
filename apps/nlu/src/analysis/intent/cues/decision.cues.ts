import { words, type Cue } from '../cue';
import { CHOICE } from '../word-classes';

export const decisionCues: readonly Cue[] = [
  {
    name: "let's choose",
    when: words`\blet's (?:all )?(?:not |go |${CHOICE})`,
    weights: { decision: 5 },
  },
  { name: "let's do something", when: /\blet's \w/, weights: { decision: 3 } },
  {
    name: "let's, about the talk itself",
    when: /\blet's (?:see|get started|get going|start|begin|move on|look|take a (?:look|break|step)|go (?:back|through|over|around|on)|say|hear|hope|be |think|wait|face|assume|imagine|continue|talk about|discuss|come back|wrap)/,
    weights: { decision: -6, statement: 1 },
  },
  {
    name: 'we go with',
    when: words`\bwe(?:'ll|'re| are| will)(?: all)?(?: going to)? (?:going (?:ahead )?with|${CHOICE})\b`,
    weights: { decision: 5, task: -2 },
  },
  {
    name: 'we stick with',
    when: /\bwe (?:stick (?:with|to)|go (?:ahead )?with|stay with|keep the)\b/,
    weights: { decision: 4 },
  },
  {
    name: 'decided or agreed',
    when: /\b(?:we(?:'ve| have)?(?: all)?|they|the (?:board|team|committee|management)|everyone|everybody)(?: has| have)?(?: all)? (?:decided|agreed|agree|settled|chosen|chose|approved|picked|voted|resolved|committed)\b/,
    weights: { decision: 5, task: -2 },
  },
  {
    name: 'no decision was taken',
    when: /\b(?:didn't|haven't|hasn't|not|never|don't|yet to|can't|couldn't|wasn't) (?:\w+ )?(?:decide[d]?|agree[d]?|settle[d]?|choose|chosen|approve[d]?)\b/,
    weights: { decision: -6, statement: 1 },
  },
  {
    name: 'the decision is',
    when: /\b(?:the|our|my|final) (?:final )?(?:decision|verdict|conclusion)(?: is|,|$| then| here)|\bfinal (?:answer|decision)\b/,
    weights: { decision: 5 },
  },
  {
    name: 'settled',
    when: /\b(?:it's|that's|that is|it is|consider it) (?:settled|decided|agreed|approved|a deal|final)\b|^(?:agreed|approved|settled|decided),? \w/,
    weights: { decision: 4.5 },
  },
  {
    name: 'agreed in front',
    when: (clause) => /^(?:agreed|approved|settled|decided)[, ]+\w/.test(clause.whole),
    weights: { decision: 3.5 },
  },
  {
    name: 'approval',
    when: /\b(?:i|we)(?: hereby)? approve\b|\byou have my (?:approval|go)\b|\b(?:gets?|got) the green light\b/,
    weights: { decision: 4.5 },
  },
  {
    name: 'from now on',
    when: /\b(?:from now on|going forward|as of (?:_date|now|today)|starting _date)\b/,
    weights: { decision: 4 },
  },
  {
    name: 'we refuse',
    when: /\bwe(?:'re| are)(?: not going to|n't going to)\b|\bwe (?:won't|will not)\b/,
    weights: { decision: 4.5 },
  },
  {
    name: 'the plan is to',
    when: /\bthe (?:plan|way forward) is (?:to|that)\b/,
    weights: { decision: 2 },
  },
  {
    name: 'able, not willing',
    when: /\b(?:won't|not going to|will not) (?:be able|have|be|make it|know|get)\b/,
    weights: { decision: -4 },
  },
];
