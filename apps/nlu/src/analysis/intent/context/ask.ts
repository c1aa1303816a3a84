import type { Clause } from '../clauses';
import { intentByRules } from '../rules-intent';
import { GATHERING, GET_TOGETHER } from '../word-classes';

/** What an utterance leaves for the next one to say. */
export const ASKS = [
  'you',
  'who',
  'when',
  'meet',
  'choice',
  'shall-we',
  'polar',
  'open',
  'none',
] as const;
export type Ask = (typeof ASKS)[number];

const OF_LISTENER =
  /^(?:(?:can|could|would|will) (?:you|_person|someone|somebody|anyone|anybody|one of you)\b|do you mind\b|would you mind\b|please\b)|\bplease\b|\b(?:i|we) need (?:you|_person|someone|somebody) to\b/;
const WHO =
  /\bwho(?:'s| is)? (?:going to|can|could|will|would|wants?|takes?|owns?|has time|is able|volunteers|should|does|picks|\w+ing)\b|\b(?:does|do) (?:anyone|anybody|someone|you) want to\b|\b(?:can|could) (?:anyone|anybody|someone|somebody)\b|\bany (?:volunteers|takers)\b/;
const WHEN =
  /\b(?:(?:when|what (?:day|date|time|week)|which (?:day|date|week)|how soon|by when|until when) (?:do|should|shall|can|could|will|must|are|works?|would)\b|(?:what|how) about _date)/;
/** Getting together: the answer is an appointment, where of anything else it settles a date. */
const MEETING = new RegExp(
  `\\b(?:${GATHERING}|${GET_TOGETHER}|leave|works?|free|available|start)\\b`,
);
const SHALL_WE =
  /^(?:shall|should|do|are|can|could|would) we\b|^(?:shall|should) i\b|\b(?:let's|how about|what about|why don't we|any objections?|everyone (?:okay|ok|fine|happy|agree|agreed|on board)|(?:are )?(?:you|we|all) (?:all )?(?:okay|ok|fine|happy|agreed|agree) (?:with|on|that)|do (?:you|we) (?:all )?agree|agreed)\b/;
/** Something that is still to be settled, by those who talk: what others do or did is asked to be told. */
const CHOICE =
  /^(?:which|what|how (?:many|much|long|big))\b.*\b(?:should|shall|(?:do|are|will|would) (?:we|i))\b|^(?:shall|should|do we|are we|is it|_date|so _date)\b.* or\b|\b_date or _date\b/;
const POLAR =
  /^(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|isn't|aren't|don't|doesn't|didn't|wasn't|haven't)\b/;

/** What the last clause that asks anything asks for. */
export function askOf(clauses: readonly Clause[]): Ask {
  const last = clauses.filter(asksAnything).at(-1);
  if (!last) return 'none';
  const { text } = last;
  if (WHEN.test(text)) return MEETING.test(text) ? 'meet' : 'when';
  if (WHO.test(text)) return 'who';
  if (OF_LISTENER.test(text)) return 'you';
  if (CHOICE.test(text)) return 'choice';
  if (SHALL_WE.test(text)) return 'shall-we';
  if (intentByRules([last]).intent === 'request') return 'you';
  return POLAR.test(text) ? 'polar' : 'open';
}

function asksAnything(clause: Clause): boolean {
  if (clause.whole.endsWith('?')) return true;
  const { intent } = intentByRules([clause]);
  if (intent === 'question' || intent === 'request') return true;
  return OF_LISTENER.test(clause.text) || (intent !== 'social' && SHALL_WE.test(clause.text));
}
