import { words, type Cue } from '../cue';
import { ACTION_VERB, STATE_VERB } from '../word-classes';

const YOU = 'you|someone|somebody|anyone|anybody|one of you|any of you|you guys';

export const requestCues: readonly Cue[] = [
  {
    name: 'can you',
    when: words`\b(?:can|could|would|will)(?:n't)? (?:${YOU})(?: please| all)? (?!(?:be|have|say|think|like|prefer|want|know|agree|hear|see|believe|need|guess|imagine)\b)\w`,
    weights: { request: 7, question: -3 },
  },
  {
    name: 'would you mind',
    when: words`\b(?:would|do) (?:${YOU}) mind\b|\bwould (?:${YOU}) be (?:able|willing|so kind)\b|\b(?:can|could|may) i (?:ask|get|have) (?:you|someone)\b`,
    weights: { request: 7, question: -3 },
  },
  { name: 'please', when: /\bplease\b/, weights: { request: 3.5 } },
  {
    name: 'I need you to',
    when: words`\bi(?:'d)? (?:need|want|like|would like|love|expect) (?:${YOU}|_person) to\b`,
    weights: { request: 6, task: -2 },
  },
  {
    name: 'you should',
    when: words`\byou(?:'ll)? (?:need to|should|must|could|might want to|ought to) (?:please )?${ACTION_VERB}\b`,
    weights: { request: 4.5 },
  },
  // Often the "you" that means anybody.
  {
    name: 'you have to',
    when: words`\byou have to (?!get|take|keep|work|turn|run|start|stop|hold)${ACTION_VERB}\b`,
    weights: { request: 2.8 },
  },
  {
    name: 'it would help',
    when: /\b(?:it would be|it'd be|would be) (?:great|good|nice|helpful|lovely|awesome|perfect) if (?:you|someone|somebody|_person)\b|\bi(?:'d| would) appreciate\b.*\bif\b/,
    weights: { request: 6, statement: -1 },
  },
  {
    name: 'see to it',
    when: /^(?:make sure|be sure|don't forget|do not forget|remember to|keep (?:me|us|them|everyone|_person)\b|let (?:me|us|them|_person) know|feel free)|\blet me know\b/,
    weights: { request: 5.5, task: -3 },
  },
  {
    name: 'do not',
    when: words`^(?:do not|don't) ${ACTION_VERB}\b`,
    weights: { request: 4.5, question: -4 },
  },
  {
    name: 'imperative',
    when: (clause) =>
      IMPERATIVE.test(clause.text) ||
      (clause.opensWithVerb && !NOT_ORDERED.test(clause.text) && OBJECT.test(clause.text)),
    weights: { request: 4.5 },
  },
];

const NOT_ORDERED = words`^(?:let|${STATE_VERB})\b`;
const OBJECT =
  /^\w+ (?:me|us|him|her|them|it|the|an?|this|that|these|those|my|our|your|his|their|all|every|_person)\b/;
const IMPERATIVE = words`^${ACTION_VERB} (?:me|us|him|her|them|it|the|an?|this|that|these|those|my|our|your|his|their|all|every|with|to|at|into|out|up|down|_person|whether|if|for|on)\b|^(?:explain|describe|show|clarify)(?: to)?(?: me| us)? (?:what|how|why|where|who|the|that|it)\b`;
