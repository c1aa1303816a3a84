import type { Analysis } from '@parley/contracts';

/**
 * Of 313 held-out utterances, written and real ones, 15 % are in doubt; the classifier is right about 46 % of those and about
 * 88 % of the others (docs/understanding-quality.md, Intents).
 */
export const SURE = 0.6;
/** "Yes" and "Okay, thanks" are not worth a question to a model. */
export const MIN_WORDS = 3;

/** Whether a model may know better what an utterance wants. */
export function isDoubtful(text: string, { confidence }: Pick<Analysis, 'confidence'>): boolean {
  return confidence < SURE && text.trim().split(/\s+/).length >= MIN_WORDS;
}
