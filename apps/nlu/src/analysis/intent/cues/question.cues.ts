import { words, type Cue } from '../cue';
import { AUXILIARY, PRONOUN, QUESTION_WORD, SUBJECT } from '../word-classes';

export const questionCues: readonly Cue[] = [
  { name: 'question mark', when: /\?$/, weights: { question: 2.5, statement: -1 } },
  {
    name: 'opens with a question word',
    when: words`^(?:(?:in|at|on|for|to|from|by|until|since|about|and) )?${QUESTION_WORD}(?:'s|'re|'ll|'d)?(?: \w|\W*\?)`,
    weights: { question: 4 },
  },
  {
    name: 'question word without inversion is a clause or a cry, not a question',
    when: words`^(?:what an?\b|(?:what|when|where|which|why|how) (?:${PRONOUN}|the \w+|_person)(?:'\w+)? (?!${AUXILIARY})|what i mean)`,
    weights: { question: -4, statement: 1.5 },
  },
  {
    name: 'relative clause or figure of speech',
    when: /^which (?:was|is|are|were|means|makes|would|for|by|in|i|we)\b(?!.*\?$)|^(?:who knows|god knows|what the heck|guess what)\b/,
    weights: { question: -3.5, statement: 1 },
  },
  {
    name: 'which or what with its noun and an auxiliary',
    when: words`^(?:what|which|whose|how (?:many|much|long|often|far|soon|big|old))\b.*\b${AUXILIARY}\b`,
    weights: { question: 1.5 },
  },
  {
    name: 'auxiliary before its subject',
    when: words`^${AUXILIARY} ${SUBJECT}\b`,
    weights: { question: 4, statement: -1 },
  },
  {
    name: 'asked indirectly',
    when: words`\b(?:i wonder|i'm wondering|i was wondering|wondering|curious|i'd (?:like|love) to know|i want to know|i need to know|do (?:we|you) know|does (?:anyone|anybody|somebody|someone) know|any idea|can (?:you|someone|anyone) (?:tell|remind) (?:me|us)|could (?:you|someone|anyone) (?:tell|remind) (?:me|us)|tell me|remind me) (?:about |how |if |whether |that |${QUESTION_WORD})`,
    weights: { question: 5, request: -5, statement: -2 },
  },
  {
    name: 'not known',
    when: words`\b(?:i'm not sure|not sure|i don't know|we don't know|no idea|unclear|i have no idea|i forgot|nobody knows|i can't remember) (?:about |if |whether |${QUESTION_WORD})`,
    weights: { question: 4, statement: -1 },
  },
  {
    name: 'elliptic question',
    when: /^(?:any (?:updates?|news|thoughts|questions|ideas?|feedback|progress|word|idea|chance)|anything (?:else|new)|anyone (?:know|else)|what about|how come|and (?:what|who|why|when|where))\b/,
    weights: { question: 4 },
  },
  {
    name: 'question word later on',
    when: /\b(?:how much|how many|how long|what's|what is|who's|who is|when is|when's|where is|where's|why is) \w/,
    weights: { question: 1 },
  },
  {
    name: 'question tag',
    when: /\b(?:right|correct|isn't it|aren't we|don't we|doesn't it|won't it|is it|no|or not|or what)\?$/,
    weights: { question: 2 },
  },
];
