import type { Analysis } from '@parley/contracts';

/**
 * One held-out utterance in six is below, of which the classifier is right about every other; of those above it is right
 * about nine in ten (`apps/nlu/training`, both held-out sets).
 */
const SURE = 0.6;
/** "Yes" and "Okay, thanks" are not worth a question to a model. */
const MIN_WORDS = 3;

/** Whether a model may know better what an utterance wants. */
export function isDoubtful(text: string, { confidence }: Pick<Analysis, 'confidence'>): boolean {
  return confidence < SURE && text.trim().split(/\s+/).length >= MIN_WORDS;
}
