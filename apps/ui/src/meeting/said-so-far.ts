import type { Segment } from '@parley/client';

/** A line's text in two: what stays as it is while somebody goes on, and what may still be heard differently. */
export interface SaidSoFar {
  confirmed: string;
  provisional: string;
}

/** All of a final line stays; a partial says how much of it does, and if it does not, none. */
export function saidSoFar({ text, final, stableLength = 0 }: Segment): SaidSoFar {
  const length = final ? text.length : stableLength;
  return { confirmed: text.slice(0, length), provisional: text.slice(length) };
}
