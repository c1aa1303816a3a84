import type { WebSocket } from 'ws';

const EVERY_MS = 30_000;

/** Asks open sockets for a sign of life; one that gave none since the last time is half open, and is cut. */
export class SocketHeartbeat {
  private readonly silent = new WeakSet<WebSocket>();
  private readonly sockets = new Set<WebSocket>();
  private timer: NodeJS.Timeout | undefined;

  /** @param everyMs Default: 30,000. */
  constructor(private readonly everyMs = EVERY_MS) {}

  /** How many are open. */
  get size(): number {
    return this.sockets.size;
  }

  watch(socket: WebSocket): void {
    this.sockets.add(socket);
    const alive = (): void => {
      this.silent.delete(socket);
    };
    socket.on('pong', alive);
    socket.on('message', alive);
    socket.once('close', () => {
      this.sockets.delete(socket);
      if (this.sockets.size === 0) this.stop();
    });
    this.timer ??= setInterval(() => {
      this.beat();
    }, this.everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    for (const socket of this.sockets) {
      if (this.silent.has(socket)) {
        socket.terminate();
      } else {
        this.silent.add(socket);
        socket.ping();
      }
    }
  }
}
