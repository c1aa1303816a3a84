import type { SegmentTrace } from '@parley/client';
import { strings } from '@/strings';

export type TraceStep = SegmentTrace['steps'][number];

/** A stretch of time that a drawing shows from edge to edge. */
export interface Scale {
  fromMs: number;
  toMs: number;
}

/** A step that happened, from when to when, in milliseconds since 1970. */
export interface Drawn {
  fromMs: number;
  toMs: number;
}

/** Null when its time is not known. */
export function timeOf(step: TraceStep | undefined): number | null {
  return step?.at ? Date.parse(step.at) : null;
}

/** From the first to the last of these steps that is known; null where nothing is. */
export function scaleOf(steps: readonly TraceStep[]): Scale | null {
  const known = steps.flatMap((step) => {
    const at = timeOf(step);
    return at === null ? [] : [at, at + (step.ms ?? 0)];
  });
  if (known.length === 0) return null;
  const [fromMs, toMs] = [Math.min(...known), Math.max(...known)];
  return { fromMs, toMs: Math.max(toMs, fromMs + 1) };
}

/** `+0.42 s`, `+3 min 12 s`, `+2 h 5 min`: with its sign, a step before the reference has a minus. */
export function offset(ms: number): string {
  if (ms === 0) return '0 s';
  const sign = ms < 0 ? '−' : '+';
  const seconds = Math.abs(ms) / 1_000;
  if (seconds < 10) return `${sign}${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${sign}${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  if (hours === 0) return `${sign}${minutes} min ${whole % 60} s`;
  return `${sign}${hours} h ${minutes} min`;
}

const CLOCK = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});

/** `09:30:12.345` in the reader's own time zone. */
export function clockTime(ms: number): string {
  return CLOCK.format(new Date(ms));
}

/** What a step is called, with what came of it. */
export function nameOf({ step, outcome, by, provider }: TraceStep): string {
  const said = strings.trace;
  const words: Record<string, string> = said.outcomes;
  const ended = outcome ? (words[outcome] ?? outcome) : null;
  const who = by ? `${strings.summary.by} ${by}` : null;
  return [said.steps[step], ended && `: ${ended}`, who && `, ${who}`, provider && `, ${provider}`]
    .filter(Boolean)
    .join('');
}
