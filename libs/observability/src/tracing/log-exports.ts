import { onTraceExport } from '@parley/tracing';
import { logEvent } from '../logging/log-event';

/** One line when the collector takes no traces, and one when it does again. */
export function logTraceExports(): void {
  onTraceExport((failure) => {
    if (failure) logEvent('traces.not-taken', { err: failure });
    else logEvent('traces.taken');
  });
}
