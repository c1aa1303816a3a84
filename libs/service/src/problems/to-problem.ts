import { HttpException } from '@nestjs/common';
import { ProblemError, problems, type ProblemCode } from '@parley/contracts';
import { databaseAwayReason, isMeetingErased } from '@parley/database';
import { redisAwayReason } from '@parley/redis';

const CODE_BY_STATUS: Partial<Record<number, ProblemCode>> = {
  400: 'validation-failed',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  409: 'conflict',
  410: 'gone',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  422: 'validation-failed',
  429: 'too-many-requests',
  431: 'headers-too-large',
  502: 'upstream-failed',
  503: 'unavailable',
  504: 'deadline-exceeded',
};

/** Nobody mends more at a time. */
const MOST_ERRORS = 100;

/** Finds the catalogue's problem for any error: ours, Nest's, the body parser's, or a bug. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException) return fromHttpException(error);
  if (isBodyParserError(error)) return fromBodyParser(error);
  if ((databaseAwayReason(error) ?? redisAwayReason(error)) !== null) {
    return new ProblemError('unavailable', 'Something this relies on is away; try again soon.', {
      cause: error,
    });
  }
  // While the request was under way.
  if (isMeetingErased(error)) return new ProblemError('not-found', 'Its meeting was erased.');
  return new ProblemError('internal', 'unexpected', { cause: error });
}

function fromHttpException(error: HttpException): ProblemError {
  const status = error.getStatus();
  const code = CODE_BY_STATUS[status] ?? (status < 500 ? 'validation-failed' : 'internal');
  const body = error.getResponse();
  const messages = typeof body === 'object' && 'message' in body ? body.message : undefined;
  if (Array.isArray(messages)) {
    const errors = messages.slice(0, MOST_ERRORS).map(String);
    const detail =
      errors.length < messages.length
        ? `${messages.length} fields are not valid; the first ${MOST_ERRORS} are named.`
        : 'Some fields are not valid.';
    return new ProblemError(code, detail, { errors });
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
