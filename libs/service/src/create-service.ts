import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BusServer, EventBus } from '@parley/bus';
import { SETTINGS, type ServiceName, type ServiceSettings } from '@parley/config';
import { HealthRegistry, HealthService } from '@parley/health';
import { HttpMetrics, makeContext, runInContext, ServiceLogger } from '@parley/observability';
import express from 'express';
import helmet from 'helmet';
import { requestMiddleware } from './http/request.middleware';
import { serveOpenApi } from './http/open-api';
import { SocketRouter } from './sockets/socket-router';

export interface RunningService {
  name: ServiceName;
  url: string;
  app: NestExpressApplication;
  /** Drains and stops; may be called twice. */
  close(): Promise<void>;
}

/**
 * Brings one service up: HTTP, sockets, then its event handlers.
 * @throws SettingsError, or what the database, bus or port refused with.
 */
export async function createService(
  module: Type,
  name: ServiceName,
  options: { port?: number } = {},
): Promise<RunningService> {
  return runInContext(makeContext(name, {}), async () => {
    const app = await NestFactory.create<NestExpressApplication>(module, {
      logger: new ServiceLogger(),
      bodyParser: false,
      abortOnError: false,
    });
    try {
      return await start(app, name, options);
    } catch (error) {
      await app.close().catch(() => undefined);
      throw error;
    }
  });
}

async function start(
  app: NestExpressApplication,
  name: ServiceName,
  options: { port?: number },
): Promise<RunningService> {
  const settings = app.get<ServiceSettings>(SETTINGS);
  app.disable('x-powered-by');
  app.use(requestMiddleware(name, app.get(HttpMetrics)));
  app.use(helmet());
  app.use(express.json({ limit: settings.MAX_REQUEST_BYTES }));
  serveOpenApi(app, name);

  const http: Server = app.getHttpServer();
  app.get(SocketRouter).attach(name, http);
  const bus = app.get(BusServer);
  bus.setEventContext((event, next) => {
    const { id, workspaceId, traceparent } = event;
    return runInContext(makeContext(name, { requestId: id, workspaceId, traceparent }), next);
  });
  app.connectMicroservice({ strategy: bus });
  const transport = app.get(EventBus);
  app.get(HealthRegistry).registerHealthCheck('redis', true, async () => {
    await transport.ping();
    return transport.mode === 'embedded'
      ? { up: true, mode: 'embedded', shared: false }
      : { up: true, mode: 'redis' };
  });
  await app.init();
  const port = options.port ?? settings[`${name.toUpperCase() as Uppercase<ServiceName>}_PORT`];
  await app.listen(port, settings.HOST);
  await app.startAllMicroservices();

  const { port: boundPort } = http.address() as AddressInfo;
  const url = `http://${settings.HOST === '0.0.0.0' ? 'localhost' : settings.HOST}:${boundPort}`;
  new Logger('service').log({ url }, `${name} is up`);
  let closing: Promise<void> | undefined;
  return { name, url, app, close: () => (closing ??= drain(app, name, http)) };
}

/** Not ready first, then sockets, then open answers, then handlers, database and bus. */
async function drain(app: NestExpressApplication, name: ServiceName, http: Server): Promise<void> {
  await runInContext(makeContext(name, {}), async () => {
    app.get(HealthService).beginDraining();
    await app.get(SocketRouter).close();
    http.closeIdleConnections();
    const cut = setTimeout(() => {
      http.closeAllConnections();
    }, 2_000);
    await app.close();
    clearTimeout(cut);
  });
}
