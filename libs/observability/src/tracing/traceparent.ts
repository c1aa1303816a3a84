import type { SpanContext } from '@opentelemetry/api';
import { isTracing } from '@parley/tracing';
import { randomHex } from '../context/random-hex';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Whether `value` is a W3C trace context, version 00. */
export function isTraceparent(value: string): boolean {
  return TRACEPARENT.test(value);
}

/**
 * A trace of its own for work that nobody asked for. Where spans are made it counts as not sampled: nothing
 * recorded stands behind it, and whatever followed it would have no root.
 */
export function newTraceparent(): string {
  const flags = isTracing() ? '00' : '01';
  return `00-${randomHex(16)}-${randomHex(8)}-${flags}`;
}

export function toTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** The span that a trace context names, in whatever process it is; null when it is none. */
export function toSpanContext(traceparent: string): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}
