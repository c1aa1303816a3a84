export interface PairedUp<T> {
  pairs: [stored: T, now: T][];
  missing: T[];
  added: T[];
}

/**
 * Which of `now` is what became of which of `stored`: the most alike first, and nothing twice.
 * @param alike from 0, two different things, to 1
 */
export function pairUp<T>(
  stored: T[],
  now: T[],
  alike: (stored: T, now: T) => number,
): PairedUp<T> {
  const candidates: { at: number; to: number; likeness: number }[] = [];
  for (const [at, one] of stored.entries()) {
    for (const [to, other] of now.entries()) {
      const likeness = alike(one, other);
      if (likeness > 0) candidates.push({ at, to, likeness });
    }
  }
  // Of two that are as much alike, the one at the same place.
  candidates.sort(
    (a, b) => b.likeness - a.likeness || Math.abs(a.at - a.to) - Math.abs(b.at - b.to),
  );
  const becameOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const { at, to } of candidates) {
    if (becameOf.has(at) || taken.has(to)) continue;
    becameOf.set(at, to);
    taken.add(to);
  }
  return {
    pairs: stored.flatMap((one, at) => {
      const other = now[becameOf.get(at) ?? -1];
      return other === undefined ? [] : [[one, other] as [T, T]];
    }),
    missing: stored.filter((_, at) => !becameOf.has(at)),
    added: now.filter((_, to) => !taken.has(to)),
  };
}
