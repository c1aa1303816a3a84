import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { makeContext, runInContext } from '@parley/observability';
import { WebSocketServer, type WebSocket } from 'ws';

export interface SocketRoute {
  /** Named groups become `params`. */
  path: RegExp;
  /** Larger messages end the socket with close code 1009. */
  maxMessageBytes: number;
  /** Runs before the upgrade; what it throws is answered as a problem over plain HTTP. */
  accept?(params: Record<string, string>): Promise<void>;
  connected(socket: WebSocket, params: Record<string, string>, request: IncomingMessage): void;
}

const CLOSE_GOING_AWAY = 1001;

/** Gives each WebSocket path of a service to the feature that declared it. */
@Injectable()
export class SocketRouter {
  private readonly logger = new Logger(SocketRouter.name);
  private readonly routes: { route: SocketRoute; server: WebSocketServer }[] = [];

  route(route: SocketRoute): void {
    const server = new WebSocketServer({ noServer: true, maxPayload: route.maxMessageBytes });
    this.routes.push({ route, server });
  }

  /** Begins to take the upgrades of `http`. */
  attach(service: string, http: Server): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const context = makeContext(service, {});
      runInContext(context, () => {
        this.upgrade(request, socket, head).catch((error: unknown) => {
          refuse(socket, error, context.requestId);
        });
      });
    });
  }

  /** Tells every client to come back elsewhere (1001), then cuts who does not answer. */
  async close(graceMs = 1_000): Promise<void> {
    const clients = this.routes.flatMap(({ server }) => [...server.clients]);
    for (const client of clients) client.close(CLOSE_GOING_AWAY, 'shutting down');
    const closed = clients.map((client) => new Promise((done) => client.once('close', done)));
    const timer = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, graceMs);
    await Promise.all(closed);
    clearTimeout(timer);
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    for (const { route, server } of this.routes) {
      const match = route.path.exec(pathname);
      if (!match) continue;
      const params = { ...match.groups };
      await route.accept?.(params);
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', (error) => {
          this.logger.warn({ reason: error.message }, 'socket error');
        });
        route.connected(webSocket, params, request);
      });
      return;
    }
    throw new ProblemError('not-found', 'No socket is served here.');
  }
}

function refuse(socket: Duplex, error: unknown, requestId: string): void {
  const problem =
    error instanceof ProblemError ? error : new ProblemError('internal', 'unexpected');
  const body = JSON.stringify(problem.toBody({ requestId }));
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.code}\r\n` +
      'Content-Type: application/problem+json\r\nConnection: close\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
