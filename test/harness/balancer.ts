import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * One address for the replicas of a service, as a Swarm's virtual address is: each connection goes to the next
 * replica that takes it, and is refused when none does.
 */
export class Balancer {
  private ports: number[] = [];
  private turn = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<Balancer> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const balancer = new Balancer(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => {
      client.on('error', () => client.destroy());
      balancer.forward(client, balancer.ports.length);
    });
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** From now on connections go to these. */
  serve(ports: readonly number[]): void {
    this.ports = [...ports];
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.unref();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  }

  private forward(client: Socket, triesLeft: number): void {
    this.turn += 1;
    const port = this.ports[this.turn % Math.max(1, this.ports.length)];
    if (port === undefined || triesLeft === 0) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    let taken = false;
    upstream.once('connect', () => {
      taken = true;
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => {
      if (taken) client.destroy();
      else this.forward(client, triesLeft - 1);
    });
    upstream.once('close', () => {
      if (taken) client.destroy();
    });
    client.once('close', () => upstream.destroy());
  }
}
