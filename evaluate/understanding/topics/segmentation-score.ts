/** How far a division is from the one that people made; both 0 when it is the same. */
export interface SegmentationScore {
  /** How often two places half a part from each other are wrongly taken to be in one part, or in two (Beeferman, 1999). */
  pk: number;
  /** How often the number of boundaries between them is wrong (Pevzner and Hearst, 2002). */
  windowDiff: number;
}

/**
 * @param truth where people see a new part begin, counted from 0, without the first; `found` likewise
 * @param length how many places there are
 */
export function scoreSegmentation(
  truth: readonly number[],
  found: readonly number[],
  length: number,
): SegmentationScore {
  const window = Math.max(1, Math.round(length / (truth.length + 1) / 2));
  const windows = length - window;
  if (windows < 1) return { pk: 0, windowDiff: 0 };
  let [pk, windowDiff] = [0, 0];
  for (let from = 0; from < windows; from++) {
    const within = (boundaries: readonly number[]): number =>
      boundaries.filter((at) => at > from && at <= from + window).length;
    const [expected, got] = [within(truth), within(found)];
    if ((expected === 0) !== (got === 0)) pk += 1;
    if (expected !== got) windowDiff += 1;
  }
  return { pk: pk / windows, windowDiff: windowDiff / windows };
}

/** Parts of the same length. @param boundaries one less than there are parts */
export function evenly(length: number, boundaries: number): number[] {
  return Array.from({ length: boundaries }, (_, nth) =>
    Math.round((length * (nth + 1)) / (boundaries + 1)),
  );
}
