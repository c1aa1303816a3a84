import { ProblemError } from '@parley/contracts';

const HANDLER_DECIDED = new Set([409, 410, 422]);
const REJECTED_BY_PIPES = Symbol.for('nestjs:rejected-by-pipes');

/**
 * Whether an error is the handler's answer, to be kept like a success. Only what our own code decided about the
 * matter itself (409, 410, 422) is.
 *
 * A request that was refused as such never burns its key (400, 401, 403, 413, 415, 429, and all that Nest's guards
 * and pipes refuse), so that it can be mended and sent again; nor does 404, for what is announced by events may be
 * there a moment later; nor does a failure (5xx).
 */
export function isDecision(error: unknown, request: object): error is ProblemError {
  if (!(error instanceof ProblemError) || !HANDLER_DECIDED.has(error.status)) return false;
  // Another service's word about another key.
  if (error.code.startsWith('idempotency-')) return false;
  return !Reflect.has(request, REJECTED_BY_PIPES);
}
