/**
 * The best of `options` for each of the `steps`, when changing from one to another costs `changeCost` (Viterbi): a
 * short dip does not make a change.
 * @param score how well an option fits a step
 */
export function smoothPath(
  steps: number,
  options: number,
  changeCost: number,
  score: (step: number, option: number) => number,
): number[] {
  const cameFrom: number[][] = [];
  let totals = Array.from({ length: options }, (_, option) => score(0, option));
  for (let step = 1; step < steps; step++) {
    const best = bestOf(totals);
    const changed = (totals[best] ?? 0) - changeCost;
    cameFrom.push(totals.map((total, option) => (changed > total ? best : option)));
    totals = totals.map((total, option) => Math.max(total, changed) + score(step, option));
  }
  const path = [bestOf(totals)];
  for (const from of cameFrom.reverse()) path.push(from[path.at(-1) ?? 0] ?? 0);
  return path.slice(0, steps).reverse();
}

function bestOf(totals: readonly number[]): number {
  return totals.reduce((best, total, at) => (total > (totals[best] ?? -Infinity) ? at : best), 0);
}
