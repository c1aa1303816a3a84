import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { requestContext } from '@parley/observability';
import type { Request, Response } from 'express';
import { toProblem } from './to-problem';

/** Turns whatever a handler threw into `application/problem+json` from the closed catalogue. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<Request>(), http.getResponse<Response>(), this.logger);
  }
}

/** Answers a request with the problem that `error` stands for; ends a stream already begun. */
export function sendProblem(
  error: unknown,
  request: Request,
  response: Response,
  logger: Logger,
): void {
  const problem = toProblem(error);
  if (problem.status >= 500 && !(error instanceof ProblemError)) {
    logger.error({ err: error, code: problem.code }, 'request failed');
  }
  if (response.headersSent) {
    response.end();
    return;
  }
  const body = problem.toBody({
    instance: request.path,
    requestId: requestContext().requestId,
  });
  if (problem.code === 'internal') delete body.detail;
  if (problem.status === 503) response.setHeader('retry-after', '5');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(body));
}
