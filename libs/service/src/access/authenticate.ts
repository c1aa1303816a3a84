import { hash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { DEFAULT_WORKSPACE, ProblemError, SCOPES } from '@parley/contracts';
import type { Caller } from '@parley/observability';
import { clientAddress, type ProxyTrust } from './client-address';
import type { FailedAuth } from './failed-auth';
import type { KeyRing, Shown } from './key-ring';
import type { KeySync } from './key-sync';
import type { ServiceKeys } from './service-keys';

export interface Access {
  /** The operator's … */
  keys: ServiceKeys;
  /** … and those of the workspaces. */
  ring: KeyRing;
  /** Asks for those that the ring does not know. */
  sync: Pick<KeySync, 'lookAgain'>;
  failures: Pick<FailedAuth, 'assertNotSpent' | 'counted'>;
  /** AUTH_ENABLED. */
  required: boolean;
  trust: ProxyTrust | null;
}

export interface Visitor {
  caller: Caller;
  workspaceId: string;
}

/** `Token` is what Deepgram's clients say. */
const BEARER = /^(?:Bearer|Token) +(\S+) *$/i;
/** Their browsers cannot send headers with a socket: the key stands in the list of subprotocols. */
const SUBPROTOCOL = /^(?:token|bearer) *, *(\S+)$/i;
const WORKSPACE = /^[A-Za-z0-9_-]{1,64}$/;

/** In the audit log and beside approvals: without auth everybody is the operator. */
const OPERATOR_NAME = 'operator';
/** Whoever asks where no key is asked for, though elsewhere one is. */
const STRANGER_NAME = 'stranger';

/**
 * Finds out who asks. Without auth a key is not needed, but who shows one of ours is its holder all the same, and
 * who shows one that was revoked does not come in. Only a key that is not known here, such as one that was made this
 * moment, takes a question to ingestion, and a promise.
 * @throws ProblemError `unauthorized`; `unavailable` for a workspace's key before ingestion has told the keys, and for an
 * unknown one while it cannot be asked; `too-many-requests` for an unknown one of an address that tried too many;
 * `validation-failed` for a workspace that cannot be one.
 */
export function authenticate(request: IncomingMessage, access: Access): Visitor | Promise<Visitor> {
  const key = shownKey(request.headers);
  const visitor = key === null ? null : holderOf(key, request, access);
  if (visitor !== null) return visitor;
  if (access.required) {
    throw new ProblemError(
      'unauthorized',
      key === null
        ? 'Send an API key as "Authorization: Bearer <key>" or "X-API-Key: <key>".'
        : 'This API key is not valid.',
    );
  }
  return anonymous(request, access);
}

/** @returns null for what is no key of ours. */
function holderOf(
  key: string,
  request: IncomingMessage,
  access: Access,
): Visitor | Promise<Visitor> | null {
  const shownHash = hash('sha256', key, 'buffer');
  const operatorId = access.keys.match(shownHash);
  if (operatorId !== null) {
    const about = { kind: 'operator', name: OPERATOR_NAME, scopes: SCOPES } as const;
    return { caller: { id: operatorId, ...about }, workspaceId: workspaceOf(request.headers) };
  }
  const match = (): Shown => access.ring.match(key, shownHash, Date.now());
  const shown = match();
  switch (shown.kind) {
    case 'no-key':
      return null;
    case 'unknown':
      access.failures.assertNotSpent(request);
      return access.sync
        .lookAgain(shown.keyId)
        .then((told) => memberOf(told ? match() : NOT_KNOWN_YET));
    default:
      return memberOf(shown);
  }
}

const NOT_KNOWN_YET: Shown = { kind: 'not-known-yet' };

function memberOf(shown: Shown): Visitor {
  switch (shown.kind) {
    case 'known':
      return { caller: shown.caller, workspaceId: shown.workspaceId };
    case 'no-key':
    case 'unknown':
    case 'wrong':
      throw new ProblemError('unauthorized', 'This API key is not valid.');
    case 'expired':
      throw new ProblemError('unauthorized', 'This API key has expired.');
    case 'not-known-yet':
      throw new ProblemError(
        'unavailable',
        'The API keys are not known here yet; try again soon.',
        { retryAfterSeconds: 1 },
      );
  }
}

/** Somebody who needs no key, known by their address. */
export function anonymous(request: IncomingMessage, { trust, required }: Access): Visitor {
  return {
    caller: {
      id: `address:${clientAddress(request, trust)}`,
      kind: 'anonymous',
      name: required ? STRANGER_NAME : OPERATOR_NAME,
      scopes: required ? [] : SCOPES,
    },
    workspaceId: DEFAULT_WORKSPACE,
  };
}

/** @returns null when none is shown; two different ones are as good as a wrong one. */
function shownKey(headers: IncomingHttpHeaders): string | null {
  const { authorization, 'x-api-key': header, 'sec-websocket-protocol': protocols = '' } = headers;
  const own = typeof header === 'string' && header !== '' ? header : null;
  if (authorization === undefined) return own ?? SUBPROTOCOL.exec(protocols)?.[1] ?? null;
  const bearer = BEARER.exec(authorization)?.[1] ?? '';
  return own !== null && own !== bearer ? '' : bearer;
}

function workspaceOf(headers: IncomingHttpHeaders): string {
  const wanted = headers['x-workspace-id'];
  if (wanted === undefined) return DEFAULT_WORKSPACE;
  if (typeof wanted === 'string' && WORKSPACE.test(wanted)) return wanted;
  throw new ProblemError(
    'validation-failed',
    'X-Workspace-Id takes 1 to 64 letters, digits, "_" and "-".',
  );
}
