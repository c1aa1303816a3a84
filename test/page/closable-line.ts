import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a service that can be closed and opened again. */
export class ClosableLine {
  private readonly pairs = new Set<[Socket, Socket]>();
  private server: Server | undefined;
  private port = 0;

  private constructor(private readonly target: URL) {}

  static async to(url: string): Promise<ClosableLine> {
    const line = new ClosableLine(new URL(url));
    await line.open();
    return line;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** On the same port as before. */
  async open(): Promise<void> {
    const server = createServer((near) => {
      this.join(near);
    });
    this.server = server;
    await new Promise<void>((listening) => {
      server.listen(this.port, 'localhost', listening);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    await new Promise((closed) => server.close(closed));
  }

  private join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    const part = (): void => {
      this.pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', part).on('close', part);
    near.on('data', (chunk: Buffer) => far.write(chunk));
    far.on('data', (chunk: Buffer) => near.write(chunk));
  }
}
