import type { Plot } from './finding';

/** Where a plot is, below the folder of the page. */
export function plotFile({ id }: Plot): string {
  return `images/bench-${id}.svg`;
}
