/** Names the rule that takes a decoded text out, or null when it is kept. */
export function filterRule(text: string): 'no-words' | 'repeated-text' | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  if (words.length === 0) return 'no-words';
  return isLoop(words) ? 'repeated-text' : null;
}

const SHORTEST_LOOP = 8;
const MOST_VARIETY = 0.25;

/** What a decoder says when it is caught in a loop: the same few words over and over. */
function isLoop(words: string[]): boolean {
  return words.length >= SHORTEST_LOOP && new Set(words).size / words.length <= MOST_VARIETY;
}
