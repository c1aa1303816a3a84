import { mulberry32 } from './retrieval-score';

/** A hit with evidence, and whether the turn that it is cited by is evidence itself. */
export interface CitedHit {
  meeting: number;
  exact: boolean;
}

export interface CitedShare {
  exact: number;
  of: number;
  share: number;
  /** What 95 of 100 other draws of meetings would give. */
  from: number;
  to: number;
}

const DRAWS = 5_000;

/** The interval is a bootstrap over meetings: hits in one meeting stand and fall together. */
export function citedShare(hits: CitedHit[], random = mulberry32(42)): CitedShare {
  const meetings = [...new Set(hits.map(({ meeting }) => meeting))].map((meeting) => {
    const own = hits.filter((hit) => hit.meeting === meeting);
    return [own.filter(({ exact }) => exact).length, own.length] as const;
  });
  const shareOf = (drawn: (readonly [number, number])[]): number => {
    const exact = drawn.reduce((sum, [right]) => sum + right, 0);
    return exact / drawn.reduce((sum, [, all]) => sum + all, 0);
  };
  const draws = Array.from({ length: DRAWS }, () =>
    shareOf(meetings.map(() => meetings[Math.floor(random() * meetings.length)] ?? [0, 0])),
  ).sort((a, b) => a - b);
  return {
    exact: hits.filter(({ exact }) => exact).length,
    of: hits.length,
    share: shareOf(meetings),
    from: draws[Math.floor(DRAWS * 0.025)] ?? 0,
    to: draws[Math.floor(DRAWS * 0.975)] ?? 0,
  };
}
