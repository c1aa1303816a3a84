import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePorts } from './free-ports';

/** For tests: a door to a server that can be shut and opened, as if the server went and came back. */
export interface TcpGate {
  readonly port: number;
  /** Listens, on the same port each time. */
  open(): Promise<void>;
  /** Cuts every connection and refuses new ones. */
  shut(): Promise<void>;
}

/** Makes a shut gate on a free loopback port to `url`'s host and port. */
export async function tcpGate(url: string): Promise<TcpGate> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    keep(client);
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  // While it is shut nobody may take its port.
  const [port = 0] = await freePorts(1);
  const open = async (): Promise<void> => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  };
  const shut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port, open, shut };
}

/** `url` through the gate. */
export function throughGate(url: string, gate: TcpGate): string {
  const changed = new URL(url);
  changed.host = `127.0.0.1:${gate.port}`;
  return changed.href;
}
