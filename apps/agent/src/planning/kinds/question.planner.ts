import type { Planner } from '../draft';
import { questionOf } from '../questions';
import { contentWords } from '../sentences';
import { relevantHit } from './fact.planner';

const LEAST_CONTENT_WORDS = 3;
const DELIBERATING = /^(should|shall|can|could|would|will|does|is) (we|it|that|this|you)\b/i;

/** On a question for which the documents hold nothing: worth taking along. Needs a search that worked. */
export const planQuestion: Planner = (context) => {
  const { line, hits } = context;
  if (hits === null || relevantHit(context)) return null;
  const question = questionOf(line);
  if (question === null || DELIBERATING.test(question)) return null;
  if (contentWords(question).length < LEAST_CONTENT_WORDS) return null;
  return {
    kind: 'question',
    text: `Find out: ${question}`,
    arguments: { question },
    confidence: 0.5,
    reasons: ['A question was asked.', 'No document in the library answers it.'],
    citations: [{ type: 'segment', id: line.segment.id, quote: question }],
  };
};
