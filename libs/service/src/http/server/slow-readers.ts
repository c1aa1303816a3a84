import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const LOOK_EVERY_MS = 2_000;
const PATIENCE_MS = 20_000;

export interface SlowReaderLimits {
  /** Default: 2000. */
  lookEveryMs: number | undefined;
  /** A client that has an answer waiting and takes nothing of it for so long is cut off. Default: 20,000. */
  patienceMs: number | undefined;
}

/** How far a reader was when it was last looked at. */
interface Progress {
  mark: number;
  looks: number;
}

/**
 * Cuts connections whose client does not read: answers, streams and WebSockets alike, since it looks at the
 * sockets below them.
 */
export function cutSlowReaders(
  server: Server,
  { lookEveryMs = LOOK_EVERY_MS, patienceMs = PATIENCE_MS }: SlowReaderLimits,
): void {
  const sockets = new Map<Socket, Progress>();
  const most = Math.ceil(patienceMs / lookEveryMs);
  server.on('connection', (socket: Socket) => {
    sockets.set(socket, { mark: 0, looks: 0 });
    socket.once('close', () => sockets.delete(socket));
  });
  const timer = setInterval(() => {
    for (const [socket, progress] of sockets) {
      if (socket.writableLength === 0) {
        progress.looks = 0;
        continue;
      }
      const mark = takenBytes(socket);
      progress.looks = mark === progress.mark ? progress.looks + 1 : 0;
      progress.mark = mark;
      if (progress.looks >= most) socket.destroy();
    }
  }, lookEveryMs).unref();
  server.once('close', () => {
    clearInterval(timer);
  });
}

/** Grows with every byte that the client takes, also inside of one large write. */
function takenBytes(socket: Socket): number {
  const { _handle: handle } = socket as { _handle?: { writeQueueSize?: number } | null };
  return socket.bytesWritten - socket.writableLength - (handle?.writeQueueSize ?? 0);
}
