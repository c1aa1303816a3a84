import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ProblemError, type ProblemBody } from '@parley/contracts';
import { requestContext, logEvent } from '@parley/observability';
import type { Request, Response } from 'express';
import { finishUnread } from './finish-unread';
import { isSealed } from './seal-response';
import { toProblem } from './to-problem';

/** When a client may try again, where the problem does not say. Unit: seconds. */
const RETRY_AFTER_SECONDS: Partial<Record<number, number>> = { 503: 5 };

/** Turns whatever a handler threw into `application/problem+json` from the closed catalogue. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<Request>(), http.getResponse<Response>());
  }
}

/**
 * Answers a request with the problem that `error` stands for; ends a stream already begun.
 * @param extension what else the body says (RFC 9457, section 3.2), for clients that know another form
 */
export function sendProblem(
  error: unknown,
  request: Request,
  response: Response,
  extension: (problem: ProblemBody) => object = () => ({}),
): void {
  // The caller has been told 504, or has gone: how the work ended interests nobody.
  if (isSealed(response) || response.destroyed) return;
  const problem = toProblem(error);
  if (problem.status >= 500 && !(error instanceof ProblemError)) {
    const { code } = problem;
    // A dependency that is away fails every request: a line each, without a stack.
    if (code === 'unavailable') logEvent('request.refused', { code });
    else logEvent('request.failed', { code, err: error });
  }
  if (response.headersSent) {
    response.end();
    return;
  }
  const { status, headers, body } = writeProblem(problem, request, extension);
  const { retryAfterSeconds = RETRY_AFTER_SECONDS[status] } = problem.extra;
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  response.statusCode = status;
  response.setHeader('content-type', headers['content-type']);
  finishUnread(request, response, body);
}

/** The answer that a problem becomes. */
export function writeProblem(
  problem: ProblemError,
  request: Request,
  extension: (problem: ProblemBody) => object = () => ({}),
) {
  const { requestId } = requestContext();
  const body = problem.toBody({ instance: request.path, requestId });
  if (problem.code === 'internal') delete body.detail;
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: JSON.stringify({ ...body, ...extension(body) }),
  };
}
