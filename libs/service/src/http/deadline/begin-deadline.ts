import { ProblemError } from '@parley/contracts';
import type { Request, Response } from 'express';
import type { Visitor } from '../../access/authenticate';
import { sealResponse } from '../../problems/seal-response';
import type { RouteRules } from '../routes/route-table';
import type { DeadlineClock } from './deadline-clock';
import { RequestDeadline } from './request-deadline';

/** What is left of the caller's own time, in milliseconds; services tell each other. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** The deadline of a request that is being served. */
export class RunningDeadline extends RequestDeadline {
  group: Set<RequestDeadline> | undefined;

  /** Nothing limits it any more. */
  release(): void {
    this.group?.delete(this);
  }
}

/** Starts a request's time. At its end the caller is answered, whatever the work still does. */
export function beginDeadline(
  clock: DeadlineClock,
  visit: { request: Request; response: Response; refuse: (error: unknown) => void },
  rules: RouteRules,
  visitor: Visitor,
): RunningDeadline {
  const { request, response, refuse } = visit;
  const wanted = wantedMs(request, visitor);
  const allowedMs = Math.min(rules.timeoutMs, wanted);
  const deadline = new RunningDeadline(performance.now() + allowedMs, () => {
    if (response.headersSent) return;
    refuse(lateProblem(request));
    sealResponse(response);
  });
  deadline.group = clock.watch(deadline, allowedMs === rules.timeoutMs ? allowedMs : null);
  response.once('close', () => {
    deadline.release();
    if (!response.writableFinished) deadline.abandon();
  });
  return deadline;
}

function lateProblem(request: Request): ProblemError {
  return request.complete
    ? new ProblemError('deadline-exceeded', 'The request took longer than it may.')
    : new ProblemError('request-timeout', 'The body did not arrive in time.');
}

/** A caller's own limit counts when it shows the service key: others could only shorten their own answers. */
function wantedMs(request: Request, { caller }: Visitor): number {
  if (caller.kind !== 'operator') return Number.POSITIVE_INFINITY;
  const text = request.headers[TIMEOUT_HEADER];
  return typeof text === 'string' && /^\d{1,9}$/.test(text)
    ? Number(text)
    : Number.POSITIVE_INFINITY;
}
