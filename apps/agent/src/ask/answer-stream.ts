import { logEvent, requestContext } from '@parley/observability';
import { ProblemError } from '@parley/contracts';
import type { Response } from 'express';
import type { AnswerEvent } from './ask.service';

/**
 * Sends an answer as server-sent events while it is made. A failure before the first event is thrown, hence an
 * ordinary problem answer; a later one is told as an `error` event.
 */
export async function streamAnswer(
  response: Response,
  ask: (signal: AbortSignal) => AsyncGenerator<AnswerEvent, void>,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort(new Error('nobody reads the answer any more'));
  });
  const events = ask(gone.signal);
  let next = await events.next();
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const tell = (event: string, data: object): void => {
    if (!response.destroyed) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  try {
    for (; !next.done; next = await events.next()) tell(next.value.event, next.value.data);
  } catch (error) {
    if (!gone.signal.aborted) tell('error', problemOf(error));
  }
  response.end();
}

function problemOf(error: unknown): object {
  const { requestId } = requestContext();
  if (error instanceof ProblemError) return error.toBody({ requestId });
  logEvent('answer.broken', { err: error });
  const { detail: _, ...body } = new ProblemError('internal', '').toBody({ requestId });
  return body;
}
