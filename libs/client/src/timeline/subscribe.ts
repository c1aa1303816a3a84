import { ParleyProblem } from '../problems/parley-problem';
import type { TimelineEntry } from '../schemas';
import { pause, retryDelayMs } from './pause';

/** Both show the same; a WebSocket passes where server-sent events are held back. */
export type FeedTransport = 'sse' | 'websocket';

export interface SubscribeOptions {
  /** Default: `sse`. */
  transport?: FeedTransport;
  /** The last cursor that was seen: goes on after it. Default: from the meeting's beginning. */
  lastEventId?: number;
  /** Ends the iteration, quietly. */
  signal?: AbortSignal;
}

/**
 * Opens the feed behind `cursor`; what it yields ends when the connection does, or `signal` fires.
 * @throws ParleyProblem when it is refused.
 */
export type OpenFeed = (
  cursor: number,
  signal: AbortSignal,
) => Promise<AsyncIterable<TimelineEntry>>;

/**
 * The entries of a timeline, none missed and none twice, over as many connections as it takes.
 * @throws RangeError for a cursor that is none; ParleyProblem when the meeting cannot be followed at all; a lost connection, 429 and 5xx are waited out.
 */
export async function* subscribe(
  open: OpenFeed,
  {
    lastEventId = 0,
    signal = new AbortController().signal,
  }: Omit<SubscribeOptions, 'transport'> = {},
): AsyncGenerator<TimelineEntry, void> {
  if (!Number.isSafeInteger(lastEventId) || lastEventId < 0) {
    throw new RangeError('lastEventId must be a cursor: an integer, at least 0.');
  }
  let cursor = lastEventId;
  for (let failures = 0; !signal.aborted; failures += 1) {
    let asked: number | undefined;
    try {
      for await (const entry of await open(cursor, signal)) {
        failures = 0;
        cursor = entry.cursor ?? cursor;
        yield entry;
        if (isAborted(signal)) return;
      }
    } catch (error) {
      if (isAborted(signal)) return;
      if (error instanceof ParleyProblem && !error.isTemporary) throw error;
      if (error instanceof ParleyProblem) asked = error.retryAfterSeconds;
    }
    await pause(retryDelayMs(failures, asked), signal);
  }
}

/** It may fire while something is awaited, which the compiler does not know. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
