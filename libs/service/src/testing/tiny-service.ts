import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { enableEmbeddedBus } from '@parley/bus';
import { serviceSettings } from '@parley/config';
import { SCOPES } from '@parley/contracts';
import { Lifecycle } from '@parley/health';
import { makeContext, runInContext, type Deadline } from '@parley/observability';
import type { NextFunction, Request, Response } from 'express';
import { LeanExpressAdapter } from '../http/lean-express.adapter';
import { openFrontDoor } from '../http/open-front-door';
import { leaveOutIdleInterceptors } from '../interceptors/leave-out-idle-interceptors';
import { ServiceModule } from '../service.module';
import { SocketRouter } from '../sockets/socket-router';

export interface TinyService {
  url: string;
  app: NestExpressApplication;
  stop(): Promise<void>;
}

/**
 * Real: Nest, Express, HTTP, everything that a service stands on. Fake: what the front door finds out, from the headers
 * `x-test-caller`, `x-test-operator` and `x-test-deadline-ms`; no database, no bus.
 */
export async function startTinyService(
  controllers: Type[],
  settings: Record<string, string> = {},
): Promise<TinyService> {
  // It is built without either; a service refuses to start when nobody says where they would be.
  const given = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', ...settings };
  enableEmbeddedBus();
  Object.assign(process.env, given);
  class TinyModule {}
  const service = ServiceModule.forService({ name: 'nlu', settings: serviceSettings });
  return runInContext(makeContext('nlu', {}), async () => {
    const app = await NestFactory.create<NestExpressApplication>(
      { module: TinyModule, imports: [service], controllers },
      new LeanExpressAdapter(),
      { logger: false, bodyParser: false, abortOnError: false },
    );
    for (const name of Object.keys(given)) Reflect.deleteProperty(process.env, name);
    const door = openFrontDoor(app, 'nlu');
    app.use(frontDoor);
    leaveOutIdleInterceptors(app);
    const http: Server = app.getHttpServer();
    app.get(SocketRouter).attach(door, http);
    await app.listen(0, '127.0.0.1');
    app.get(Lifecycle).enter('serving');
    const { port } = http.address() as AddressInfo;
    const stop = async (): Promise<void> => {
      http.closeAllConnections();
      await app.close();
    };
    return { url: `http://127.0.0.1:${port}`, app, stop };
  });
}

function frontDoor(request: Request, response: Response, next: NextFunction): void {
  const operator = request.get('x-test-operator') !== undefined;
  const context = makeContext('nlu', {
    caller: {
      id: request.get('x-test-caller') ?? 'somebody',
      kind: operator ? 'operator' : 'anonymous',
      name: 'somebody',
      scopes: SCOPES,
    },
    deadline: deadlineOf(request, response),
  });
  runInContext(context, next);
}

/** Answers 504 when the time is up, while the handler may go on, as the front door does. */
function deadlineOf(request: Request, response: Response): Deadline {
  const limitMs = Number(request.get('x-test-deadline-ms') ?? '15000');
  const endsAt = performance.now() + limitMs;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
    if (!response.headersSent) response.status(504).end();
  }, limitMs);
  response.once('close', () => {
    clearTimeout(timer);
  });
  const { signal } = controller;
  return { signal, remainingMs: () => Math.max(0, endsAt - performance.now()) };
}
