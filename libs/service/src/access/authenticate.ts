import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { DEFAULT_WORKSPACE, ProblemError } from '@parley/contracts';
import type { Caller } from '@parley/observability';
import { clientAddress, type ProxyTrust } from './client-address';
import type { ServiceKeys } from './service-keys';

export interface Access {
  keys: ServiceKeys;
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

/**
 * Finds out who asks. Without auth a key is not needed, but who shows a valid one is the operator all the same.
 * @throws ProblemError `unauthorized`; `validation-failed` for a workspace that cannot be one.
 */
export function authenticate(request: IncomingMessage, access: Access): Visitor {
  const key = shownKey(request.headers);
  const id = key === null ? null : access.keys.match(key);
  if (id !== null) {
    return { caller: { id, kind: 'operator' }, workspaceId: workspaceOf(request.headers) };
  }
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

/** Somebody who needs no key, known by their address. */
export function anonymous(request: IncomingMessage, { trust }: Access): Visitor {
  return {
    caller: { id: `address:${clientAddress(request, trust)}`, kind: 'anonymous' },
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
