import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { DEFAULT_WORKSPACE, type Scope } from '@parley/contracts';
import { isTracing } from '@parley/tracing';
import { followTrace } from '../tracing/follow-trace';
import { isTraceparent, newTraceparent } from '../tracing/traceparent';

/** On whose behalf the work is done. */
export interface Caller {
  /** Stable and not secret: limits and idempotency keys count by it. */
  id: string;
  /** Without auth everybody is `anonymous`; the service key's holder is the `operator`, any other key's a `member`. */
  kind: 'anonymous' | 'member' | 'operator';
  /** For people: the name of the key. */
  name: string;
  /** What the key allows. */
  scopes: readonly Scope[];
}

/** How long the work in hand may still take. */
export interface Deadline {
  /** Milliseconds that are left, never below 0. */
  remainingMs(): number;
  /** Fires when the time is up, or when the caller has gone. */
  readonly signal: AbortSignal;
}

/** What every log line, event and outbound call of one piece of work has in common. */
export interface RequestContext {
  requestId: string;
  workspaceId: string;
  /** W3C trace context, version 00. */
  traceparent: string;
  /** Which of the six services works; they may share one process. */
  service: string;
  caller: Caller;
  /** Null where nothing limits the work: event handlers, streams, timers. */
  deadline: Deadline | null;
}

const NOBODY: Caller = { id: 'nobody', kind: 'anonymous', name: 'nobody', scopes: [] };

const storage = new AsyncLocalStorage<RequestContext>();
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The context of the work in hand, if there is one. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The context of the work in hand; outside of any, a fresh one of no service. */
export function requestContext(): RequestContext {
  return storage.getStore() ?? makeContext('parley', {});
}

/** Runs `work`, and all that it starts, in `context`. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  if (!isTracing()) return storage.run(context, work);
  return followTrace(context.service, context.traceparent, () => storage.run(context, work));
}

/** Runs work that a request begins and that goes on after its answer: no deadline ends it. */
export function outliveRequest<T>(work: () => T): T {
  const context = storage.getStore();
  return context?.deadline ? storage.run({ ...context, deadline: null }, work) : work();
}

/** Takes over what is well-formed of an incoming id and trace, and makes the rest. */
export function makeContext(
  service: string,
  incoming: Partial<Omit<RequestContext, 'service'>>,
): RequestContext {
  const { requestId = '', traceparent = '' } = incoming;
  return {
    service,
    caller: incoming.caller ?? NOBODY,
    deadline: incoming.deadline ?? null,
    workspaceId: incoming.workspaceId ?? DEFAULT_WORKSPACE,
    requestId: REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    traceparent: isTraceparent(traceparent) ? traceparent : newTraceparent(),
  };
}
