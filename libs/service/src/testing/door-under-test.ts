import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { loadSettings, SETTINGS, serviceSettings } from '@parley/config';
import { Lifecycle } from '@parley/health';
import { makeContext, runInContext } from '@parley/observability';
import { serveOpenApi } from '../http/open-api';
import { openFrontDoor } from '../http/open-front-door';
import type { ServerLimits } from '../http/server/limit-server';
import { ServiceModule } from '../service.module';
import { SocketRouter, type SocketRoute } from '../sockets/socket-router';
import { DoorController } from './door-controller';

export interface DoorUnderTest {
  url: string;
  port: number;
  app: NestExpressApplication;
  controller: DoorController;
  close(): Promise<void>;
}

/** A service with the whole front door and one small controller behind it, on a free loopback port. */
export async function startDoor(
  env: Record<string, string> = {},
  limits: Partial<ServerLimits> = {},
  sockets: SocketRoute[] = [],
): Promise<DoorUnderTest> {
  const settings = loadSettings(serviceSettings, {
    // Limits have tests of their own.
    env: { RATE_LIMIT_PER_MINUTE: '0', ...env },
    secretsDir: '/nonexistent',
  });
  return runInContext(makeContext('nlu', {}), async () => {
    const module = await Test.createTestingModule({
      imports: [ServiceModule.forService({ name: 'nlu', settings: serviceSettings })],
      controllers: [DoorController as Type],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .compile();
    const app = module.createNestApplication<NestExpressApplication>({
      bodyParser: false,
      logger: false,
    });
    const door = openFrontDoor(app, 'nlu', limits);
    serveOpenApi(app, 'nlu');
    const http: Server = app.getHttpServer();
    const router = app.get(SocketRouter);
    for (const route of sockets) router.route(route);
    router.attach(door, http);
    await app.listen(0, '127.0.0.1');
    app.get(Lifecycle).enter('serving');
    const { port } = http.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      app,
      controller: app.get(DoorController),
      close: async () => {
        await router.close(100);
        http.closeAllConnections();
        await app.close();
      },
    };
  });
}
