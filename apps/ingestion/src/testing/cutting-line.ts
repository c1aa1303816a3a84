import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A bad network: every connection through it is cut once so many bytes came back, wherever that is. */
export class CuttingLine {
  private readonly sockets = new Set<Socket>();
  private cut = 0;

  private constructor(private readonly server: Server) {}

  /** @param nextCut after how many bytes the next connection is cut. */
  static async to(target: string, nextCut: () => number): Promise<CuttingLine> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const line = new CuttingLine(server);
    server.on('connection', (client) => {
      line.forward(client, Number(new URL(target).port), nextCut());
    });
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get cuts(): number {
    return this.cut;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private forward(client: Socket, port: number, bytes: number): void {
    const upstream = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => one.destroy());
      one.once('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    client.pipe(upstream);
    let left = bytes;
    upstream.on('data', (chunk: Buffer) => {
      if (left > chunk.length) {
        left -= chunk.length;
        client.write(chunk);
        return;
      }
      this.cut += 1;
      upstream.pause();
      // Half an entry, half a frame, half an answer: it is to arrive before the end does.
      client.end(chunk.subarray(0, left));
    });
  }
}
