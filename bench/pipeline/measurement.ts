import type { Finding, Plot } from '../report/finding';

/** What came of it. */
export interface Measured {
  findings: Finding[];
  plots: Plot[];
}

/** One thing that `npm run bench -- pipeline` measures, by itself. */
export interface Measurement {
  name: string;
  /** Whether it can be made small enough for a smoke run. */
  canBeSmall: boolean;
  /** @param small so few that it takes seconds, and says nothing about the numbers */
  run(say: (line: string) => void, small: boolean): Promise<Measured>;
}

/** @param ms null when nothing was there to be measured */
export function inMs(ms: number | null): string {
  return ms === null ? 'not measured' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
