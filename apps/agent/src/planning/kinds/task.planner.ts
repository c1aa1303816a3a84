import type { Draft, Planner, PlanningContext, SpokenLine } from '../draft';
import { asTitle, contentWords, sentencesOf, type Sentence } from '../sentences';
import { commitmentIn } from './commitment';
import { emailWish } from './email.planner';
import { eventWish } from './event.planner';
import { messageWish } from './message.planner';
import { pageWish } from './page.planner';

const LOOKING_UP = /^(look|check|find|see|get back|let you know|give (me|us))\b/i;

/** On a commitment: what is to be done, by whom and until when, if that was said. */
export const planTask: Planner = (context) => {
  const { line } = context;
  if (!['task', 'request', 'statement', 'decision'].includes(line.insight.intent)) return null;
  for (const sentence of sentencesOf(line.segment.text)) {
    const draft = fromSentence(sentence, context);
    if (draft) return draft;
  }
  return null;
};

function fromSentence(sentence: Sentence, context: PlanningContext): Draft | null {
  const { line, participants } = context;
  const isOfAnotherKind = [emailWish, messageWish, eventWish, pageWish].some((wish) =>
    wish(sentence.text),
  );
  if (isOfAnotherKind) return null;
  const commitment = commitmentIn(sentence.text, line.segment, participants);
  if (!commitment || contentWords(commitment.what).length < 2) return null;
  if (LOOKING_UP.test(commitment.what)) return null;
  const sure = line.insight.intent === 'task' || line.insight.intent === 'request';
  if (!sure && !commitment.owner) return null;

  const title = asTitle(commitment.what);
  const dueDate = dateIn(sentence, line);
  const { owner } = commitment;
  return {
    kind: 'task',
    text: title,
    arguments: { title, ...(owner ? { owner } : {}), ...(dueDate ? { dueDate } : {}) },
    confidence: Math.min(0.95, (sure ? line.insight.confidence : 0.5) + (owner ? 0.05 : 0)),
    reasons: [
      owner ? `${owner} is named for it.` : 'Something is to be done; nobody is named for it.',
      ...(dueDate ? [`A date was spoken: ${dueDate}.`] : []),
    ],
    citations: [{ type: 'segment', id: line.segment.id, quote: sentence.text }],
  };
}

/** The day that nlu resolved inside this sentence. */
export function dateIn(sentence: Sentence, line: SpokenLine): string | undefined {
  const end = sentence.start + sentence.text.length;
  return line.insight.entities
    .find(
      ({ type, start, value }) =>
        type === 'date' && value && start >= sentence.start && start < end,
    )
    ?.value?.slice(0, 10);
}
