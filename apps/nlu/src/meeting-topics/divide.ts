/**
 * Where a sequence of units is best divided, by the words of each: numbers of the units that begin a part, without the
 * first. A part is the cheaper the more its words repeat themselves (Utiyama and Isahara, "A Statistical Model for
 * Domain-Independent Text Segmentation", ACL 2001: the most probable division, each part with its own distribution of
 * words), so a boundary is where the words change for good, not where a neighbour differs.
 * @param penalty what one more part has to gain, in logarithms of the number of words.
 */
export function divide(units: readonly (readonly string[])[], penalty: number): number[] {
  const numbers = new Map<string, number>();
  const numbered = units.map((words) =>
    words.map((word) => {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      return number;
    }),
  );
  const total = numbered.reduce((sum, words) => sum + words.length, 0);
  if (total === 0) return [];
  const perPart = penalty * Math.log(total);
  /** What a word makes a part cheaper by that has it so often already. */
  const gains = Float64Array.from(
    { length: total },
    (_, count) => (count + 1) * Math.log(count + 2) - count * Math.log(count + 1),
  );
  const least = new Float64Array(units.length + 1).fill(Infinity);
  const from = new Int32Array(units.length + 1);
  least[0] = 0;
  for (let start = 0; start < units.length; start++) {
    const before = (least[start] ?? Infinity) + perPart;
    const counts = new Int32Array(numbers.size);
    let [words, repeated] = [0, 0];
    for (let end = start + 1; end <= units.length; end++) {
      for (const word of numbered[end - 1] ?? []) {
        const count = counts[word] ?? 0;
        repeated += gains[count] ?? 0;
        counts[word] = count + 1;
        words += 1;
      }
      const cost = before + words * Math.log(words + numbers.size) - repeated;
      if (cost < (least[end] ?? Infinity)) {
        least[end] = cost;
        from[end] = start;
      }
    }
  }
  const starts: number[] = [];
  for (let end = from[units.length] ?? 0; end > 0; end = from[end] ?? 0) starts.unshift(end);
  return starts;
}
