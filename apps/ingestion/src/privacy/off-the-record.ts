import type { PrivacyMode } from '@parley/contracts';

/** A stretch of a meeting that nothing may be kept of. */
export interface OffTheRecordSpan {
  startMs: number;
  /** Null while it goes on. */
  endMs: number | null;
}

/** The stretches once the mode is another at `atMs`. */
export function afterSwitch(
  spans: readonly OffTheRecordSpan[],
  { from, to, atMs }: { from: PrivacyMode; to: PrivacyMode; atMs: number },
): OffTheRecordSpan[] {
  if (to === 'off-the-record') return [...spans, { startMs: atMs, endMs: null }];
  if (from !== 'off-the-record') return [...spans];
  const last = spans.at(-1);
  // Of one that was off the record before anybody noted since when: all until now.
  const startMs = last?.endMs === null ? last.startMs : 0;
  return [...spans.filter(({ endMs }) => endMs !== null), { startMs, endMs: atMs }];
}

/** Whether any of `[startMs, endMs]` was off the record. */
export function wasOffTheRecord(
  spans: readonly OffTheRecordSpan[],
  { startMs, endMs }: { startMs: number; endMs: number },
): boolean {
  return spans.some((span) => startMs < (span.endMs ?? Infinity) && endMs > span.startMs);
}
