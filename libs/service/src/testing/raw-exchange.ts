import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Bytes over a connection, for what no well-behaved HTTP client would send. */
export class RawExchange {
  private received = '';

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
  }

  static async open(port: number): Promise<RawExchange> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawExchange(socket);
  }

  send(text: string | Buffer): this {
    this.socket.write(text);
    return this;
  }

  /** Everything that came until the other side closed. */
  async rest(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, 'close');
    return this.received;
  }

  /** What came once it matches. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) await once(this.socket, 'data');
    return this.received;
  }
}
