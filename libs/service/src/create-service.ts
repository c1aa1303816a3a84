import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BusServer, EventBus } from '@parley/bus';
import { SETTINGS, type ServiceName, type ServiceSettings } from '@parley/config';
import { HealthRegistry, Lifecycle } from '@parley/health';
import {
  logEvent,
  logTraceExports,
  makeContext,
  runInContext,
  ServiceLogger,
} from '@parley/observability';
import { droppingErased } from './events/erased-meetings';
import { tellingOutages } from './events/outages';
import { LeanExpressAdapter } from './http/lean-express.adapter';
import { serveOpenApi } from './http/open-api';
import { openFrontDoor } from './http/open-front-door';
import { leaveOutIdleInterceptors } from './interceptors/leave-out-idle-interceptors';
import { Drain } from './lifecycle/drain';
import { gateMiddleware } from './lifecycle/gate.middleware';
import { HttpConnections } from './lifecycle/http-connections';
import { SocketRouter } from './sockets/socket-router';

export interface RunningService {
  name: ServiceName;
  url: string;
  app: NestExpressApplication;
  /** From now on not ready, but still serving: for who stops several services one after the other. */
  beginDraining(): void;
  /** Drains and stops; may be called twice. */
  close(): Promise<void>;
}

export interface StartOptions {
  port?: number;
  /** Ends a start that still waits for Postgres or Redis. */
  signal?: AbortSignal;
}

/**
 * Brings one service up: it listens at once, and serves as soon as Postgres and Redis are there. Resolves
 * when it serves.
 * @throws SettingsError at once; StartWaitError; what a migration or the port refused with; the reason of
 * `signal`.
 */
export async function createService(
  module: Type,
  name: ServiceName,
  options: StartOptions = {},
): Promise<RunningService> {
  return runInContext(makeContext(name, {}), async () => {
    const app = await NestFactory.create<NestExpressApplication>(module, new LeanExpressAdapter(), {
      logger: new ServiceLogger(),
      bodyParser: false,
      abortOnError: false,
    });
    const lifecycle = app.get(Lifecycle);
    const stop = (): void => {
      lifecycle.enter('draining');
    };
    options.signal?.addEventListener('abort', stop);
    try {
      options.signal?.throwIfAborted();
      return await start(app, name, options);
    } catch (error) {
      lifecycle.enter('closing');
      await app.close().catch(() => undefined);
      options.signal?.throwIfAborted();
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  });
}

async function start(
  app: NestExpressApplication,
  name: ServiceName,
  options: StartOptions,
): Promise<RunningService> {
  const settings = app.get<ServiceSettings>(SETTINGS);
  const lifecycle = app.get(Lifecycle);
  logTraceExports();
  const door = openFrontDoor(app, name);
  app.use(gateMiddleware(lifecycle));
  serveOpenApi(app, name);

  const http: Server = app.getHttpServer();
  const connections = new HttpConnections(http);
  app.get(SocketRouter).attach(door, http);
  const bus = app.get(BusServer);
  const health = app.get(HealthRegistry);
  bus.setEventContext((event, next) => {
    const { id, workspaceId, traceparent } = event;
    return runInContext(makeContext(name, { requestId: id, workspaceId, traceparent }), () =>
      tellingOutages(health, () => droppingErased(event, next)),
    );
  });
  app.connectMicroservice({ strategy: bus });
  const transport = app.get(EventBus);
  health.registerHealthCheck('redis', true, async () => {
    await transport.ping();
    return transport.mode === 'embedded'
      ? { up: true, mode: 'embedded', shared: false }
      : { up: true, mode: 'redis' };
  });
  leaveOutIdleInterceptors(app);
  const port = options.port ?? settings[`${name.toUpperCase() as Uppercase<ServiceName>}_PORT`];
  http.listen(port, settings.HOST);
  await once(http, 'listening');
  // Registers the routes before it first waits for anything, so that probes are answered from now on;
  // then the hooks wait for Postgres and Redis.
  await app.init();
  await app.startAllMicroservices();
  options.signal?.throwIfAborted();
  lifecycle.enter('serving');

  const { port: boundPort } = http.address() as AddressInfo;
  const url = `http://${settings.HOST === '0.0.0.0' ? 'localhost' : settings.HOST}:${boundPort}`;
  logEvent('service.up', { name, url });
  const drain = new Drain(app, connections, settings);
  const context = makeContext(name, {});
  return {
    name,
    url,
    app,
    beginDraining: () => {
      runInContext(context, () => {
        drain.begin();
      });
    },
    close: () => runInContext(context, () => drain.end()),
  };
}
