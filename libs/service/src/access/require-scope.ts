import { ProblemError, type Scope } from '@parley/contracts';
import type { Caller } from '@parley/observability';

/**
 * What a route asks of its caller: a scope; to be the operator; with `any`, no more than to be let in; with `nothing`, not
 * even that.
 */
export type Requirement = Scope | 'operator' | 'any' | 'nothing';

/** What a route asks that does not say it: to read is the least, and a write that nobody thought about is the operator's. */
export function usualRequirement(method: string): Requirement {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'operator';
}

/** @throws ProblemError `forbidden`, naming the scope that the caller's key lacks. */
export function requireScope(
  required: Requirement,
  caller: Caller,
  access: { required: boolean },
): void {
  if (required === 'any' || required === 'nothing' || caller.kind === 'operator') return;
  // Without auth whoever reaches the service runs it.
  if (caller.kind === 'anonymous' && !access.required) return;
  if (required === 'operator') {
    throw new ProblemError('forbidden', 'Only the operator may do this, with SERVICE_API_KEY.');
  }
  if (caller.scopes.includes(required)) return;
  throw new ProblemError('forbidden', `This API key lacks the scope "${required}".`);
}
