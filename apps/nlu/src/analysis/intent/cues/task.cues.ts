import { words, type Cue } from '../cue';
import { ACTION_VERB, PERSON, STATE_VERB } from '../word-classes';

const ASSIGNEE = `${PERSON}|he|she|they|someone|somebody|one of (?:us|you|them)|the (?:\\w+ )?(?:team|department|guys|people)|(?:sales|marketing|legal|finance|support|engineering|design|operations|procurement)`;
const MUST =
  "need(?:s)? to|ha(?:ve|s) to|must|should|ought to|(?:'ve|have|has) got to|(?:am|is|are|'m|'s|'re) supposed to|got to";

export const taskCues: readonly Cue[] = [
  {
    name: 'I will',
    when: words`\bi(?:'ll|'m going to| will)(?: go)? (?!${STATE_VERB}\b)\w`,
    weights: { task: 5 },
  },
  {
    name: 'we will do a piece of work',
    when: words`\bwe(?:'ll|'re going to| are going to) (?!get|make|take|see|find|have|run|start|keep|hold)${ACTION_VERB}\b`,
    weights: { task: 2.5 },
  },
  {
    name: 'I must',
    when: words`\bi(?: ${MUST}|'ve got to|'m supposed to) (?!${STATE_VERB}\b)\w`,
    weights: { task: 5 },
  },
  {
    name: 'we must',
    when: words`\bwe (?:(?:all|both) )?(?:${MUST}) (?!${STATE_VERB}\b)\w`,
    weights: { task: 4.5 },
  },
  {
    name: 'somebody is to',
    when: words`\b(?:${ASSIGNEE})(?:'ll| will| is going to| are going to| ${MUST}|'s going to|'re going to) (?!${STATE_VERB}\b)\w|\b(?:${PERSON}|someone|somebody) can ${ACTION_VERB}\b`,
    weights: { task: 4.5 },
  },
  { name: 'I can, offered', when: words`\bi (?:can|could) ${ACTION_VERB}\b`, weights: { task: 4 } },
  { name: 'let me', when: words`\blet me ${ACTION_VERB}\b`, weights: { task: 4 } },
  {
    name: 'let me, right here',
    when: /\blet me (?:know|see|think|say|start|share my|show|tell|ask|give you|explain|finish|put it|try to|look|stop|add|note|read)\b/,
    weights: { task: -4 },
  },
  {
    name: 'called a task',
    when: /\b(?:action items?|to-?dos?|next steps?|my (?:job|task)|follow-?ups?|homework|deliverables?)\b.*\b(?:is|are|for|to)\b/,
    weights: { task: 4.5 },
  },
  {
    name: 'taken on',
    when: /\bi'm on it\b|\b(?:i|_person)(?:'ll| will| can)? takes? (?:care of|that|this|it|over|on|the)\b|\b(?:assign(?:ed)?|leave|give) (?:it|that|this|the \w+) to _person\b/,
    weights: { task: 3 },
  },
  {
    name: 'by a date',
    when: /\b(?:by|before|until) (?:the )?_date|_date$/,
    weights: { task: 0.7 },
  },
  {
    name: 'not going to happen',
    when: /\b(?:won't|will not|not going to|can't|cannot|couldn't|unable|(?:don't|doesn't|do not|didn't) (?:have|need|want) to|not be able|shouldn't|never|wasn't going|weren't going|no need|don't think (?:i|we|you|he|she|they|it))\b/,
    weights: { task: -6, statement: 1 },
  },
  {
    name: 'supposed, not promised',
    when: /^(?:if|unless|suppose|imagine|in theory)\b|\b(?:would have|could have|should have|might|hypothetically|probably)\b/,
    weights: { task: -3.5, statement: 1 },
  },
];
