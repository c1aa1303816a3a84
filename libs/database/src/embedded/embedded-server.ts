import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Backend } from './backend';
import { BackendLock } from './backend-lock';
import { EmbeddedConnection } from './embedded-connection';

const MAX_CONNECTIONS = 200;

export interface EmbeddedServerOptions {
  dataDir: string;
  /** 0 takes any free one. */
  port: number;
  idleInTransactionMs: number;
  onBackendFailure(error: unknown): void;
}

/** PostgreSQL on a loopback port, over one PGlite backend, safe with many clients. */
export class EmbeddedServer {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly backend: Backend,
    private readonly lock: BackendLock,
  ) {}

  static async start(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
    const backend = await Backend.open(options.dataDir);
    const lock = new BackendLock();
    const server = createServer();
    server.maxConnections = MAX_CONNECTIONS;
    const self = new EmbeddedServer(server, backend, lock);
    server.on('connection', (socket) => {
      self.sockets.add(socket);
      socket.once('close', () => self.sockets.delete(socket));
      new EmbeddedConnection(socket, { backend, lock, ...options });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, '127.0.0.1', resolve);
    });
    return self;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Drops the clients, rolls back what they had begun, and writes a checkpoint. */
  async stop(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await this.lock.acquire(this);
    await this.backend.close();
  }
}
