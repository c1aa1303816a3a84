import { hash } from 'node:crypto';
import { ProblemError } from '@parley/contracts';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/** @throws ProblemError `validation-failed` unless the header is 1 to 255 visible ASCII characters, sent once. */
export function readKey(header: string | string[]): string {
  // Node joins a repeated header with ", ": the space gives it away.
  if (typeof header === 'string' && VISIBLE_ASCII.test(header)) return header;
  throw new ProblemError(
    'validation-failed',
    'Idempotency-Key must be 1 to 255 visible ASCII characters, without spaces.',
  );
}

/** What a key is valid for. */
export interface KeyScope {
  workspaceId: string;
  callerId: string;
  method: string;
  /** Template of the route, e.g. `/v1/suggestions/:id/approve`. */
  route: string;
  /** The actual values of the template's parameters. */
  params: Readonly<Record<string, unknown>>;
  key: string;
}

/** The name under which a key's mark and answer are kept: hashed, so that no key can be read from the store. */
export function slotOf(scope: KeyScope): string {
  const { workspaceId, callerId, method, route, params, key } = scope;
  const parts = [workspaceId, callerId, method, route, params, key];
  return hash('sha256', JSON.stringify(parts), 'base64url');
}
