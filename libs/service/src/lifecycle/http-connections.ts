import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { closeAfter } from '../http/server/close-after';

/**
 * How long a connection must have been idle before it is closed under its client's hands: a client at work
 * has sent its next request by then, and is told in the answer to go elsewhere.
 */
const IDLE_MS = 250;
const LOOK_EVERY_MS = 50;

/** Node keeps the answer in hand here (http-terminator and others rely on it too). */
interface HttpSocket extends Socket {
  _httpMessage?: ServerResponse | null;
}

/** The open connections of one http server, so that they can be ended without failing a request. */
export class HttpConnections {
  private readonly sockets = new Set<HttpSocket>();
  private announcedAt = Infinity;

  constructor(private readonly http: Server) {
    http.on('connection', (socket: HttpSocket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    // A WebSocket is ended by who speaks its protocol.
    http.on('upgrade', (_request, socket: HttpSocket) => this.sockets.delete(socket));
  }

  /** Every answer that is still to begin says `Connection: close`. */
  announceEnd(): void {
    this.announcedAt = performance.now();
    for (const { _httpMessage: answer } of this.sockets) {
      if (answer && !answer.headersSent) closeAfter(answer);
    }
  }

  /** No new connection is taken; those that are open stay. */
  stopListening(): void {
    // Not http's own close: it would cut idle connections on which a request may already be on its way.
    if (this.http.listening) NetServer.prototype.close.call(this.http);
  }

  /** Ends connections that stay idle after the announcement, waits for the answers in hand, and cuts what is left after `longestMs`. */
  async drained(longestMs: number): Promise<void> {
    const cutAt = performance.now() + longestMs;
    const idleMs = Math.min(this.announcedAt + IDLE_MS - performance.now(), longestMs);
    if (this.sockets.size > 0 && idleMs > 0) await wait(idleMs);
    while (this.sockets.size > 0 && performance.now() < cutAt) {
      // Requests that have arrived meanwhile are read first: their connections are not idle.
      await nextTurn();
      await nextTurn();
      this.closeIdle();
      if (this.sockets.size > 0) await wait(LOOK_EVERY_MS);
    }
    this.http.closeAllConnections();
  }

  private closeIdle(): void {
    this.http.closeIdleConnections();
    // Node does not count a connection as idle that never sent anything.
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
