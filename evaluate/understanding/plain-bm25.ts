const K1 = 1.2;
const B = 0.75;

/** The reference: BM25 on lower-cased words, nothing else. @returns indices of `texts`, best first. */
export function plainBm25(texts: string[]): (query: string) => number[] {
  const bags = texts.map(bagOf);
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1);
  const frequencies = new Map<string, number>();
  for (const bag of bags) {
    for (const word of bag.keys()) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  return (query) => {
    const words = wordsOf(query);
    const scores = bags.map((bag, index) => {
      const norm = K1 * (1 - B + (B * (lengths[index] ?? 0)) / average);
      return words.reduce((score, word) => {
        const count = bag.get(word) ?? 0;
        const frequency = frequencies.get(word) ?? 0;
        const idf = Math.log(1 + (texts.length - frequency + 0.5) / (frequency + 0.5));
        return score + (idf * count * (K1 + 1)) / (count + norm);
      }, 0);
    });
    return scores
      .map((score, index) => ({ score, index }))
      .sort((a, b) => b.score - a.score || a.index - b.index)
      .map(({ index }) => index);
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function bagOf(text: string): Map<string, number> {
  const bag = new Map<string, number>();
  for (const word of wordsOf(text)) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}
