import { wordErrors } from '@parley/testing';
import { bestPairing } from './diarization-error';

export interface SpokenText {
  who: string | null;
  text: string;
}

/**
 * The concatenated minimum-permutation word error rate (cpWER): all words of each speaker against all words of whoever
 * was heard in their place, for the best such pairing. A word given to the wrong person is wrong twice.
 */
export function speakerWordErrorRate(
  said: readonly SpokenText[],
  heard: readonly SpokenText[],
): number {
  const truth = textsOf(said);
  const found = textsOf(heard);
  const errors = (a: string, b: string): number => {
    const { substitutions, deletions, insertions } = wordErrors(a, b);
    return substitutions + deletions + insertions;
  };
  // Unpaired, a speaker's words are all missing, and a voice's all too many; a pair saves some of both.
  const alone = [...truth, ...found].reduce((sum, text) => sum + errors(text, ''), 0);
  const saved = bestPairing(
    truth.map((a) => found.map((b) => errors(a, '') + errors(b, '') - errors(a, b))),
  );
  const words = truth.reduce((sum, text) => sum + wordErrors(text, '').words, 0);
  return (alone - saved) / Math.max(1, words);
}

function textsOf(spoken: readonly SpokenText[]): string[] {
  const texts = new Map<string | null, string>();
  for (const { who, text } of spoken) texts.set(who, `${texts.get(who) ?? ''} ${text}`);
  return [...texts.values()];
}
