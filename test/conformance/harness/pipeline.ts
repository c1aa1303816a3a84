import { connect } from 'node:net';
import { promised } from '../../harness/broken-promise';

const AT_ONCE = 50;
const LIMIT_MS = 60_000;

/**
 * Sends `count` requests on one connection, some at a time, and waits for all the answers: much cheaper for the
 * sender than a client. A connection that the server closes is opened again.
 */
export async function pipelined(
  url: string,
  count: number,
  request: (at: number) => string,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  let answered = 0;
  while (answered < count) {
    promised(performance.now() - startedAt < LIMIT_MS, `${answered} of ${count} answered in time`);
    const before = answered;
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let waiting = 0;
      let tail = '';
      const next = (): void => {
        if (answered >= count) {
          socket.destroy();
          return;
        }
        waiting = Math.min(AT_ONCE, count - answered);
        socket.write(Array.from({ length: waiting }, (_, at) => request(answered + at)).join(''));
      };
      socket.once('connect', next);
      socket.on('data', (chunk: Buffer) => {
        const text = tail + chunk.toString('latin1');
        const found = text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;
        // The start of a status line may be cut by the chunk.
        tail = text.slice(-12).replaceAll(/HTTP\/1\.1 \d{3} /g, '');
        answered += found;
        waiting -= found;
        if (waiting <= 0) next();
      });
      socket.once('error', (error) => {
        if ((error as { code?: unknown }).code === 'ECONNREFUSED') reject(error);
      });
      socket.setTimeout(20_000, () => {
        socket.destroy();
      });
      socket.once('close', () => {
        resolve();
      });
    });
    promised(answered > before, `after ${answered} requests it answers no more`);
  }
}
