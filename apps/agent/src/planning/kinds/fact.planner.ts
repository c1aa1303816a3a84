import type { Planner } from '../draft';
import { informationQuestion } from '../questions';

/** On a question that the documents answer: their words, with the place where they stand. */
export const planFact: Planner = ({ line, hits, factMinScore }) => {
  const question = informationQuestion(line.segment.text);
  const best = hits?.[0];
  if (question === null || !best || best.score < factMinScore) return null;
  const { citation } = best;
  return {
    kind: 'fact',
    text: citation.quote,
    arguments: { question, answer: citation.quote, source: citation.source ?? null },
    confidence: Math.min(1, best.score),
    reasons: [
      'A question was asked.',
      `${citation.source ?? 'A document'} speaks of it (relevance ${best.score.toFixed(2)}).`,
    ],
    citations: [citation, { type: 'segment', id: line.segment.id, quote: question }],
  };
};
