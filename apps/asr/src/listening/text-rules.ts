import { isPhantomPhrase, saysLittle } from './phantom-phrases';

/** Why a decoded text is not believed; stands in the coverage ledger. */
type TextRule = 'no-words' | 'repeated-text' | 'phantom-phrase' | 'low-confidence';

interface Decoded {
  text: string;
  /** From 0 to 1, where the engine gives one. */
  confidence?: number;
}

/** A phrase of so many words is a loop when it comes so many more times right behind itself. */
const MOST_IN_A_ROW = [
  [1, 4],
  [2, 2],
  [3, 2],
] as const;
const SHORTEST_LOOP = 8;
const MOST_VARIETY = 0.25;
/** Of a token, in the mean. Whisper's own program decodes again below 0.37 (`logprob_threshold` of -1): this is no doubt, but a guess. */
const LEAST_CONFIDENCE = 0.2;

/**
 * Names the rule that takes a decoded text out, or null when it is kept.
 * @param speechMs how long somebody seems to speak in it
 */
export function filterRule({ text, confidence = 1 }: Decoded, speechMs = 0): TextRule | null {
  const words = wordsIn(text);
  if (words.length === 0) return 'no-words';
  if (isLoop(words)) return 'repeated-text';
  if (isPhantomPhrase(words) || saysLittle(words, speechMs)) return 'phantom-phrase';
  return confidence < LEAST_CONFIDENCE ? 'low-confidence' : null;
}

/** What a decoder says when it is caught in a loop: the same few words over and over. */
function isLoop(words: string[]): boolean {
  return words.length >= SHORTEST_LOOP && new Set(words).size / words.length <= MOST_VARIETY;
}

/**
 * Whether a decoder seems to fall into a loop. People say "no, no, no, no, no", too: it is a reason to wait for the next draft, and
 * takes nothing out of a final.
 */
export function stammers(text: string): boolean {
  const words = wordsIn(text);
  return MOST_IN_A_ROW.some(([length, most]) => {
    let same = 0;
    return words.some((word, at) => {
      same = at >= length && word === words[at - length] ? same + 1 : 0;
      return same >= length * most;
    });
  });
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}
