import { connect, type Socket } from 'node:net';
import { BrokenPromiseError, promised } from '../../harness/broken-promise';
import type { Subject } from './subject';

/** How a client may be slow. */
export const SLOW_WAYS = ['sending headers', 'sending a body', 'reading'] as const;
export type SlowWay = (typeof SLOW_WAYS)[number];

/** Node's own default would be minutes. */
const CLOSED_WITHIN_MS = 60_000;
const DRIP_EVERY_MS = 500;
const OTHERS_WITHIN_MS = 15_000;
/** So much is asked for that no socket's buffer holds the answers. */
const UNREAD_BYTES = 64 * 1_048_576;
const MOST_ANSWERS = 50_000;

/** @throws BrokenPromiseError when the connection stays open, or when others are not served beside it */
export async function closesSlowly(subject: Subject, way: SlowWay): Promise<void> {
  const { hostname, port } = new URL(subject.main.url);
  const socket = connect(Number(port), hostname);
  const closed = new Promise<'closed'>((resolve) => {
    socket.once('close', () => {
      resolve('closed');
    });
    // A reset is a way of closing.
    socket.on('error', () => undefined);
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  const document = await subject.ask('/openapi.json');
  const stopDripping = begin(socket, way, subject, document.text.length);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(
      () => {
        resolve('late');
      },
      CLOSED_WITHIN_MS * (subject.around.patience ?? 1),
    );
  });
  try {
    for (let count = 0; count < 5; count++) {
      const answer = await subject.ask('/livez', { key: null, limitMs: OTHERS_WITHIN_MS });
      promised(answer.status === 200, `/livez answered ${answer.status} beside it`);
    }
    if ((await Promise.race([closed, late])) === 'late') {
      throw new BrokenPromiseError(
        `the connection was still open after ${CLOSED_WITHIN_MS / 1_000} s`,
      );
    }
  } finally {
    clearTimeout(timer);
    stopDripping();
    socket.destroy();
  }
}

function begin(socket: Socket, way: SlowWay, subject: Subject, answerBytes: number): () => void {
  const key = `Authorization: Bearer ${subject.around.keys[0]}\r\n`;
  switch (way) {
    case 'sending headers':
      socket.resume();
      socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
      return drip(socket, 'x');
    case 'sending a body': {
      socket.resume();
      const { path } = subject.sample.jsonRoute;
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${key}Content-Type: application/json\r\n` +
          'Content-Length: 100000\r\n\r\n{"a":"',
      );
      return drip(socket, 'x');
    }
    case 'reading': {
      // Answers pile up: nobody takes them. Pausing is what a reader does that has stalled.
      socket.pause();
      const ask = `GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n${key}\r\n`;
      socket.write(ask.repeat(Math.min(MOST_ANSWERS, Math.ceil(UNREAD_BYTES / answerBytes))));
      // Who does not read does not see the connection end: only a write finds out. Empty lines ask nothing.
      return drip(socket, '\r\n');
    }
  }
}

function drip(socket: Socket, text: string): () => void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write(text);
  }, DRIP_EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}
