import { connect } from 'node:net';
import { types } from 'node:util';
import { currentContext } from '@parley/observability';
import { Client, type ClientConfig } from 'pg';

/** https://www.postgresql.org/docs/17/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const CANCEL_REQUEST = 80_877_102;
const CANCEL_WITHIN_MS = 2_000;

/** What the server told us about the session; `pg` keeps it and does not declare it. */
interface Session {
  host: string;
  port: number;
  processID: number | null;
  secretKey: number | null;
}

/**
 * A connection that works within the time of the request in hand: when that is up, or its caller gone, the
 * statement that runs is cancelled at the server and no other is sent, a COMMIT neither. What they fail with is
 * the reason of the deadline's signal. The embedded server finishes what it has begun.
 */
export class DeadlineClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    // The pool stops listening when it hands a connection out, before who gets it listens. A server that ends
    // the session just then must not end the process: the statement that follows fails, and the pool lets go.
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    const session = this as unknown as Session;
    const query = (...args: unknown[]): unknown => {
      const signal = currentContext()?.deadline?.signal;
      if (!signal || args[0] === 'ROLLBACK') return send(...args);
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const sent = send(...args);
      return types.isPromise(sent) ? within(signal, sent, session) : sent;
    };
    this.query = query as Client['query'];
  }
}

async function within(signal: AbortSignal, sent: Promise<unknown>, session: Session) {
  let cancelling: Promise<void> | undefined;
  const cancel = (): void => {
    cancelling = cancelStatement(session);
  };
  signal.addEventListener('abort', cancel);
  try {
    return await sent;
  } catch (error) {
    throw signal.aborted ? (signal.reason as Error) : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    // Nobody else gets the connection before: it would be their statement that is cancelled.
    await cancelling;
  }
}

/** Asks the server to give up what the session runs; it may be too late, which shows in the statement's end. */
function cancelStatement({ host, port, processID, secretKey }: Session): Promise<void> {
  const packet = Buffer.alloc(16);
  packet.writeInt32BE(packet.length, 0);
  packet.writeInt32BE(CANCEL_REQUEST, 4);
  packet.writeInt32BE(processID ?? 0, 8);
  packet.writeInt32BE(secretKey ?? 0, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/')
      ? connect(`${host}/.s.PGSQL.${String(port)}`)
      : connect(port, host);
    socket.setTimeout(CANCEL_WITHIN_MS, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resolve();
    });
    socket.resume().once('connect', () => socket.end(packet));
  });
}
