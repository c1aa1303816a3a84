import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { query, SYNC } from '../embedded/client-messages';
import { message, text } from '../embedded/wire-framing';

/** For tests: speaks the protocol message by message, as drivers other than `pg` do. */
export interface RawSession {
  /** Prepares the unnamed statement and ends the extended query there. */
  parse(sql: string): Promise<string>;
  /** Binds and executes the unnamed statement; resolves with the whole answer. */
  run(): Promise<string>;
  /** Sends a message that no client sends; resolves with what the server says before it hangs up. */
  sendUnknown(): Promise<string>;
  /** Sends a query and never reads its answer. */
  freeze(sql: string): void;
  end(): void;
}

const READY = message('Z', Buffer.from('I')).toString('latin1');

export async function rawSession(url: string): Promise<RawSession> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const session = Buffer.concat([
    Buffer.from([0, 3, 0, 0]),
    text('user'),
    text('parley'),
    text(''),
  ]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(session.length + 4);
  socket.write(Buffer.concat([length, session]));
  await answer(socket);

  const ask = (...messages: Buffer[]): Promise<string> => {
    socket.write(Buffer.concat([...messages, SYNC]));
    return answer(socket);
  };
  return {
    parse: (sql) => ask(message('P', Buffer.concat([text(''), text(sql), Buffer.alloc(2)]))),
    run: () =>
      ask(
        message('B', Buffer.concat([text(''), text(''), Buffer.alloc(6)])),
        message('E', Buffer.concat([text(''), Buffer.alloc(4)])),
      ),
    sendUnknown: async () => {
      socket.write(message('y', Buffer.alloc(0)));
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(socket, 'close');
      return Buffer.concat(chunks).toString('latin1');
    },
    freeze: (sql) => {
      socket.pause();
      socket.write(query(sql));
    },
    end: () => socket.destroy(),
  };
}

async function answer(socket: Socket): Promise<string> {
  let received = '';
  while (!received.endsWith(READY)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    received += chunk.toString('latin1');
  }
  return received;
}
