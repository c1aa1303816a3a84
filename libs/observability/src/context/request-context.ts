import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';
import { DEFAULT_WORKSPACE } from '@parley/contracts';

/** What every log line, event and outbound call of one piece of work has in common. */
export interface RequestContext {
  requestId: string;
  workspaceId: string;
  /** W3C trace context, version 00. */
  traceparent: string;
  /** Which of the six services works; they may share one process. */
  service: string;
}

const storage = new AsyncLocalStorage<RequestContext>();
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The context of the work in hand; outside of any, a fresh one of no service. */
export function requestContext(): RequestContext {
  return storage.getStore() ?? makeContext('parley', {});
}

/** Runs `work`, and all that it starts, in `context`. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Takes over what is well-formed of an incoming id and trace, and makes the rest. */
export function makeContext(
  service: string,
  incoming: { requestId?: string; workspaceId?: string; traceparent?: string },
): RequestContext {
  const { requestId = '', traceparent = '' } = incoming;
  return {
    service,
    workspaceId: incoming.workspaceId ?? DEFAULT_WORKSPACE,
    requestId: REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    traceparent: TRACEPARENT.test(traceparent) ? traceparent : newTraceparent(),
  };
}

function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
