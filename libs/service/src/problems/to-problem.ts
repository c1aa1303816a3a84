import { HttpException } from '@nestjs/common';
import { ProblemError, problems, type ProblemCode } from '@parley/contracts';

const CODE_BY_STATUS: Partial<Record<number, ProblemCode>> = {
  400: 'validation-failed',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'conflict',
  410: 'gone',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  422: 'validation-failed',
  429: 'too-many-requests',
  503: 'unavailable',
  504: 'deadline-exceeded',
};

/** Finds the catalogue's problem for any error: ours, Nest's, the body parser's, or a bug. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException) return fromHttpException(error);
  if (isBodyParserError(error)) return fromBodyParser(error);
  return new ProblemError('internal', 'unexpected', { cause: error });
}

function fromHttpException(error: HttpException): ProblemError {
  const status = error.getStatus();
  const code = CODE_BY_STATUS[status] ?? (status < 500 ? 'validation-failed' : 'internal');
  const body = error.getResponse();
  const messages = typeof body === 'object' && 'message' in body ? body.message : undefined;
  if (Array.isArray(messages)) {
    return new ProblemError(code, 'Some fields are not valid.', { errors: messages.map(String) });
  }
  return new ProblemError(code, status === 404 ? problems['not-found'].title : error.message);
}

/** What express's body parsers throw: http-errors with a `type`. */
interface BodyParserError extends Error {
  type: string;
  status: number;
}

function isBodyParserError(error: unknown): error is BodyParserError {
  return error instanceof Error && 'type' in error && 'status' in error;
}

function fromBodyParser(error: BodyParserError): ProblemError {
  switch (error.type) {
    case 'entity.too.large':
      return new ProblemError('payload-too-large', 'The body is larger than this route takes.');
    case 'entity.parse.failed':
      return new ProblemError('malformed-json', 'The body cannot be parsed as JSON.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ProblemError('unsupported-media-type', 'This encoding is not supported.');
    default:
      return error.status < 500
        ? new ProblemError('validation-failed', 'The body cannot be read.')
        : new ProblemError('internal', 'unexpected', { cause: error });
  }
}
