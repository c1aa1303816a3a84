import { words, type Cue } from '../cue';
import { DATE, GATHERING, GET_TOGETHER, PERSON } from '../word-classes';

const WE = `we|us|you and i|you(?: and)? ${PERSON}|i`;

export const schedulingCues: readonly Cue[] = [
  {
    name: 'shall we meet',
    when: words`(?:^|\b)(?:(?:can|could|should|shall|may|do|let's|why don't|when|what time)(?: can| could| should| shall| do)?(?: ${WE})?|we (?:should|could|need to|have to|must)|i'd (?:like|love) to) (?:all )?(?:${GET_TOGETHER})\b`,
    weights: { scheduling: 6.5, question: -1, decision: -3, task: -2 },
  },
  {
    name: 'talking over, not meeting',
    when: /\b(?:talk|speak|chat) (?:about|to|with)\b(?!.*_date)/,
    weights: { scheduling: -4 },
  },
  {
    name: 'set a meeting',
    when: words`\b(?:schedul(?:e|ing)|reschedul(?:e|ing)|set(?:ting)? up|book(?:ing)?|arrang(?:e|ing)|organi[sz](?:e|ing)|plan(?:ning)?|move|push|postpone|shift|bring forward|have (?:a|an|another|our))\b.{0,30}\b(?:${GATHERING}|room|time with)\b`,
    weights: { scheduling: 6.5, request: -2, decision: -1, task: -1 },
  },
  {
    name: 'calendar',
    when: /\b(?:calendar|(?:meeting|calendar) invit(?:e|ation)|invite (?:everyone|them|him|her|_person) to)\b/,
    weights: { scheduling: 6.5, request: -4, task: -3 },
  },
  {
    name: 'moved to a time',
    when: words`\b(?:move|push|shift|postpone|reschedule|bring) (?:it|this|that|the \w+|our \w+)(?: \w+)? (?:to|until|till|for|forward to) ${DATE}`,
    weights: { scheduling: 6, decision: -2, request: -1, question: -1, task: -1 },
  },
  {
    name: 'free at',
    when: words`\b(?:are (?:you|we|they|people)|is (?:everyone|everybody|anyone|${PERSON})|i'm|i am|we're|who is|who's|are you both) (?:\w+ )?(?:free|available|around|busy)\b`,
    weights: { scheduling: 4, question: -1 },
  },
  {
    name: 'free at a time',
    when: words`\b(?:free|available|around|busy|booked)\b.*${DATE}|${DATE}.*\b(?:free|available|busy|booked)\b`,
    weights: { scheduling: 2.5 },
  },
  {
    name: 'does the time suit',
    when: words`\b(?:does|do|would|will|is|how does|how is|how's|could|if) ${DATE}.{0,20}\b(?:works?|suits?|okay|fine|good|possible|look|fit)\b`,
    weights: { scheduling: 6.5, question: -1 },
  },
  {
    name: 'the time suits',
    when: words`${DATE}.{0,25}\b(?:works?|suits?|is (?:fine|good|okay|better|perfect)) (?:for )?(?:me|us|you|everyone|everybody|all)\b`,
    weights: { scheduling: 6 },
  },
  {
    name: 'how about a time',
    when: words`\b(?:how about|what about|say|maybe|perhaps) ${DATE}\s*\??$`,
    weights: { scheduling: 6.5, question: -1 },
  },
  {
    name: 'what time',
    when: /^(?:what|which) (?:time|day|date)s? (?:would |will |does |is |are )?(?:work|suit|best|good|okay|fits?)/,
    weights: { scheduling: 6.5, question: -1 },
  },
  {
    name: 'gathering and a date',
    when: words`\b(?:${GATHERING})\b.*${DATE}|${DATE}.*\b(?:${GATHERING})\b`,
    weights: { scheduling: 1.5 },
  },
  { name: 'it has been', when: (clause) => clause.past, weights: { scheduling: -2.5 } },
];
