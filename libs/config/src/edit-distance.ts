/** Letters to add, remove or change to make one word of the other (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const remove = (previous[column] ?? 0) + 1;
      const add = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(change, remove, add));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
