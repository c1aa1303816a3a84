import type { PlotLine } from '../line-plot';
import type { Bar } from './bar-plot';

/** What is promised of a number: at most so much, at least so much. */
export type Goal = { atMost: number } | { atLeast: number };

/** One measured number, beside what is promised of it and what others need for the same in the same run. */
export interface Finding {
  what: string;
  /** Null when it was not measured; `note` then says why. */
  measured: number | null;
  /** `x` (times), `%`, `ms`, `s`, `MB`, `a second`, or whatever is counted. */
  unit: string;
  goal?: Goal;
  baseline?: { name: string; value: number };
  /** The lowest and the highest that was measured, and of what. */
  spread?: { low: number; high: number; of: string };
  note?: string;
}

/** A picture of figures; `id` names its file. */
export type Plot =
  | { kind: 'bars'; id: string; title: string; unit: string; bars: Bar[]; goal?: number }
  | { kind: 'lines'; id: string; title: string; xUnit: string; yUnit: string; lines: PlotLine[] };

/** What a suite hands over: its page, and its figures in the shape that all suites share. */
export interface SuiteReport {
  page: string;
  findings: Finding[];
  plots: Plot[];
}

/** The figures of a suite as they are kept, until it is run again. */
export interface SuiteFindings {
  suite: string;
  measuredOn: string;
  machine: string;
  /** One-minute load when it began; null where the figures were taken over from a page that is older than this form. */
  load: number | null;
  findings: Finding[];
  plots: Plot[];
}

export type Verdict = 'held' | 'not held' | 'not measured' | 'nothing promised';

/** Whether the promise is kept. */
export function verdictOf({ measured, goal }: Finding): Verdict {
  if (measured === null) return 'not measured';
  if (!goal) return 'nothing promised';
  const held = 'atMost' in goal ? measured <= goal.atMost : measured >= goal.atLeast;
  return held ? 'held' : 'not held';
}

/**
 * How much of what is promised is used up: 1 is the promise itself, more is not held; null without either number.
 * A promise of none has no part: it is used up by nothing, or beyond all measure.
 */
export function shareOfPromise(finding: Finding): number | null {
  const { measured, goal } = finding;
  if (measured === null || !goal) return null;
  const [part, whole] = 'atMost' in goal ? [measured, goal.atMost] : [goal.atLeast, measured];
  if (whole > 0) return part / whole;
  return verdictOf(finding) === 'held' ? 0 : Infinity;
}

export function goalText({ goal, unit }: Finding): string {
  if (!goal) return '';
  return 'atMost' in goal
    ? `at most ${inUnit(goal.atMost, unit)}`
    : `at least ${inUnit(goal.atLeast, unit)}`;
}

export function measuredText({ measured, unit, spread }: Finding): string {
  if (measured === null) return 'not measured';
  const between = spread
    ? ` (${inUnit(spread.low, unit)} to ${inUnit(spread.high, unit)}, ${spread.of})`
    : '';
  return `${inUnit(measured, unit)}${between}`;
}

export function baselineText({ baseline, unit }: Finding): string {
  return baseline ? `${baseline.name}: ${inUnit(baseline.value, unit)}` : '';
}

/** In as many digits as say something: three of what is below 1, none of what is above 100. */
export function inUnit(value: number, unit: string): string {
  if (unit === 'x') return `${value.toFixed(2)}x`;
  const size = Math.abs(value);
  const digits = size < 1 ? 3 : size < 10 ? 2 : 1;
  const number =
    size >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toFixed(digits)));
  return unit === '' ? number : `${number} ${unit}`;
}
