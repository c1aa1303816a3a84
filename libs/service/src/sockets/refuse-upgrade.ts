import type { Duplex } from 'node:stream';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { endWithProblem } from '../http/server/raw-answer';
import { toProblem } from '../problems/to-problem';

/** Answers an upgrade that is not granted as a request would have been. */
export function refuseUpgrade(socket: Duplex, error: unknown, requestId: string): void {
  const problem = toProblem(error);
  if (problem.status >= 500 && !(error instanceof ProblemError)) {
    logEvent('socket.refused', { err: error });
  }
  const headers: Record<string, string> = {};
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  const { retryAfterSeconds = problem.status === 503 ? 5 : undefined } = problem.extra;
  if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
  endWithProblem(socket, problem, requestId, headers);
}
