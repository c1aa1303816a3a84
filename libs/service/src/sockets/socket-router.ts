import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { Lifecycle } from '@parley/health';
import {
  logEvent,
  makeContext,
  Metrics,
  requestContext,
  runInContext,
} from '@parley/observability';
import { WebSocketServer, type WebSocket } from 'ws';
import { authenticate, type Visitor } from '../access/authenticate';
import { requireScope, type Requirement } from '../access/require-scope';
import type { FrontDoor } from '../http/front-door';
import { identity } from '../http/identity';
import { assertReadable, pathOf } from '../http/target';
import { OPENING_A_SOCKET, type RateLimitPolicy } from '../limits/policies';
import { RateLimiter } from '../limits/rate-limiter';
import { refuseUpgrade } from './refuse-upgrade';
import { SocketHeartbeat } from './socket-heartbeat';

export interface SocketRoute {
  /** Named groups become `params`. */
  path: RegExp;
  /** What the key of who opens it must allow. */
  needs: Requirement;
  /** Larger messages end the socket with close code 1009. */
  maxMessageBytes: number;
  /** How often a caller may open it. Default: 30 a minute. */
  rateLimit?: RateLimitPolicy;
  /** The group of the path that a ticket may be bound to. Unset: `?ticket=` does not count. */
  ticketParameter?: string;
  /** Runs before the upgrade; what it throws is answered as a problem over plain HTTP. */
  accept?(params: Record<string, string>, request: IncomingMessage): Promise<void>;
  connected(socket: WebSocket, params: Record<string, string>, request: IncomingMessage): void;
}

const CLOSE_GOING_AWAY = 1001;
const CLOSE_POLICY = 1008;

/** Gives each WebSocket path of a service to the feature that declared it, past the same checks as a request. */
@Injectable()
export class SocketRouter {
  private readonly routes: { route: SocketRoute; server: WebSocketServer }[] = [];
  private readonly heartbeat = new SocketHeartbeat();

  constructor(
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(SETTINGS) private readonly settings: Pick<ServiceSettings, 'MAX_SOCKETS'>,
    @Inject(Metrics) metrics: Metrics,
  ) {
    metrics.reading('sockets_open', 'WebSockets open.', () =>
      this.routes.reduce((sum, { server }) => sum + server.clients.size, 0),
    );
  }

  route(route: SocketRoute): void {
    const server = new WebSocketServer({ noServer: true, maxPayload: route.maxMessageBytes });
    server.on('wsClientError', (error, socket) => {
      const problem = new ProblemError('malformed-request', error.message);
      refuseUpgrade(socket, problem, requestContext().requestId);
    });
    this.routes.push({ route, server });
  }

  /** Begins to take the upgrades of `http`. */
  attach(door: FrontDoor, http: Server): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Whoever leaves while he is being let in must not end the service.
      socket.on('error', () => socket.destroy());
      const context = makeContext(door.service, identity(request.headers));
      runInContext(context, () => {
        this.upgrade(door, request, socket, head).catch(async (error: unknown) => {
          const answer = await door.access.failures.counted(error, request);
          refuseUpgrade(socket, answer, context.requestId);
        });
      });
    });
  }

  /** Tells every client to come back elsewhere (1001), then cuts who does not answer. */
  async close(graceMs = 1_000): Promise<void> {
    this.heartbeat.stop();
    const clients = this.routes.flatMap(({ server }) => [...server.clients]);
    for (const client of clients) client.close(CLOSE_GOING_AWAY, 'shutting down');
    const closed = clients.map((client) => new Promise((done) => client.once('close', done)));
    const timer = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, graceMs);
    await Promise.all(closed);
    clearTimeout(timer);
  }

  private assertServing(): void {
    if (this.lifecycle.phase === 'serving') return;
    throw new ProblemError('unavailable', 'The service is starting or stopping; try again soon.');
  }

  private async upgrade(
    door: FrontDoor,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    this.assertServing();
    const url = request.url ?? '/';
    const path = pathOf(url);
    assertReadable(url, path);
    if (!door.cors.allows(request)) {
      throw new ProblemError('forbidden', 'Pages of this origin may not call: CORS_ALLOW_ORIGINS.');
    }
    const found = this.find(path);
    const { caller, workspaceId } = await this.letIn(door, request, found);
    Object.assign(requestContext(), { caller, workspaceId });
    if (!found) throw new ProblemError('not-found', 'No socket is served here.');
    if (this.heartbeat.size >= this.settings.MAX_SOCKETS) {
      throw new ProblemError('unavailable', 'As many sockets are open as this service holds.');
    }
    const { route, server, params } = found;
    requireScope(route.needs, caller, door.access);
    await this.limiter.require(route.rateLimit ?? OPENING_A_SOCKET, caller.id);
    await route.accept?.(params, request);
    // It may have been told to stop meanwhile: nobody would close this socket.
    this.assertServing();
    server.handleUpgrade(request, socket, head, (webSocket) => {
      this.heartbeat.watch(webSocket);
      webSocket.on('error', (error) => {
        logEvent('socket.failed', { err: error });
      });
      const forget = door.access.ring.onEnd(caller, () => {
        webSocket.close(CLOSE_POLICY, 'the API key is no longer valid');
      });
      webSocket.once('close', forget);
      route.connected(webSocket, params, request);
    });
  }

  private letIn(
    door: FrontDoor,
    request: IncomingMessage,
    found: ReturnType<SocketRouter['find']>,
  ): Visitor | Promise<Visitor> {
    const parameter = found?.route.ticketParameter;
    const ticket = parameter === undefined ? null : door.tickets.shownIn(request.url ?? '');
    return ticket === null
      ? authenticate(request, door.access)
      : door.tickets.redeem(ticket, found?.params[parameter ?? '']);
  }

  private find(path: string) {
    for (const { route, server } of this.routes) {
      const match = route.path.exec(path);
      if (match) return { route, server, params: { ...match.groups } as Record<string, string> };
    }
    return null;
  }
}
