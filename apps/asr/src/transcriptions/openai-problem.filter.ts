import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ProblemBody } from '@parley/contracts';
import { sendProblem } from '@parley/service';
import type { Request, Response } from 'express';

/** A failure as OpenAI's clients show it. */
export interface OpenAiError {
  type: string;
  message: string;
}

/** Problems as everywhere, with an `error` besides, which is what OpenAI's clients show of a failure. */
@Catch()
export class OpenAiProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<Request>(), http.getResponse<Response>(), withError);
  }
}

function withError({ type, title, detail, errors = [] }: ProblemBody): { error: OpenAiError } {
  return { error: { type, message: [detail ?? title, ...errors].join(' ') } };
}
