import type { SherpaResult } from './sherpa';
import type { HeardWord } from './speech-engine';

/** A token is told when it begins; a word is over at the latest so long after its last one began. */
const LONGEST_TOKEN_MS = 400;

/**
 * The words of `text` with the times of the tokens that they are made of, where the model measures them.
 * @param text the result's, possibly in small letters
 * @returns undefined where it measures none, or the tokens do not make the words of the text
 */
export function heardWords(
  { tokens = [], timestamps = [], durations = [] }: SherpaResult,
  text: string,
  lengthMs: number,
): HeardWord[] | undefined {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0 || timestamps.length !== tokens.length) return undefined;
  const first = firstTokens(tokens, words);
  if (!first) return undefined;
  const startOf = (token: number): number =>
    Math.min(lengthMs, Math.round((timestamps[token] ?? lengthMs / 1_000) * 1_000));
  return words.map((word, at) => {
    const [from, next] = [first[at] ?? 0, first[at + 1] ?? tokens.length];
    const [startMs, lastMs] = [startOf(from), startOf(next - 1)];
    const measuredMs = Math.round((durations[next - 1] ?? 0) * 1_000);
    const longestMs = lastMs + (measuredMs > 0 ? measuredMs : LONGEST_TOKEN_MS);
    const nextMs = next < tokens.length ? startOf(next) : lengthMs;
    return { text: word, startMs, endMs: Math.max(startMs, Math.min(longestMs, nextMs, lengthMs)) };
  });
}

/** The index of the token with which each word begins; null when tokens and words do not go together. */
function firstTokens(tokens: readonly string[], words: readonly string[]): number[] | null {
  const first: number[] = [];
  let [word, letters] = [-1, ''];
  for (const [at, token] of tokens.entries()) {
    const spelled = token.replace('▁', ' ').trim();
    if (spelled === '') continue;
    if (word === -1 || letters.length === words[word]?.length) {
      word++;
      letters = '';
      first.push(at);
    }
    letters += spelled;
    if (!words[word]?.toLowerCase().startsWith(letters.toLowerCase())) return null;
  }
  const whole = word === words.length - 1 && letters.length === words[word]?.length;
  return whole ? first : null;
}
