/** A stretch `[start, end)` of a text, in UTF-16 code units as `String.slice` counts them. */
export interface Span {
  start: number;
  end: number;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The spans in order of position, without those that overlap one that came earlier in the list. */
export function withoutOverlaps<Item extends Span>(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  for (const item of items) {
    if (!kept.some((other) => overlaps(item, other))) kept.push(item);
  }
  return kept.sort((one, other) => one.start - other.start);
}
