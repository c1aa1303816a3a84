import { Controller, Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadSettings, serviceSettings, SETTINGS } from '@parley/config';
import type { Envelope } from '@parley/contracts';
import { closeRedis, createRedis } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import { AudioLog } from '../audio-log';
import { Broadcast } from '../broadcast';
import { EventBus } from '../event-bus';
import { Collector } from '../testing/collector';
import { meetingEnded } from '../testing/events';
import { BusModule } from './bus.module';
import { BusServer } from './bus.server';
import { OnEvent } from './on-event.decorator';

// Real: Nest, redis-server, the connections. There is no HTTP server.
describe('the bus of a service that has a Redis', () => {
  let server: TestRedis;
  let collector: Collector;

  @Controller()
  class Handlers {
    @OnEvent('meeting.ended')
    async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
      await collector.handler(event);
    }
  }

  async function start() {
    const settings = loadSettings(serviceSettings, {
      env: { REDIS_URL: server.url },
      secretsDir: '/nowhere',
    });
    @Global()
    @Module({ providers: [{ provide: SETTINGS, useValue: settings }], exports: [SETTINGS] })
    class SettingsModule {}
    @Module({
      imports: [SettingsModule, BusModule.forService({ group: 'agent' })],
      controllers: [Handlers],
    })
    class ServiceModule {}
    const app = await NestFactory.create(ServiceModule, { logger: false, abortOnError: false });
    app.connectMicroservice({ strategy: app.get(BusServer) });
    await app.init();
    await app.startAllMicroservices();
    return app;
  }

  beforeAll(async () => {
    server = await startRedisServer();
  });

  afterAll(async () => {
    await server.stop();
  });

  it('brings events to its handlers, again after they threw', async () => {
    collector = new Collector((_event, nth) => {
      if (nth === 1) throw new Error('once');
    });
    const app = await start();
    const event = meetingEnded();
    await app.get(EventBus).publish(event);
    await collector.called(2);
    expect(collector.ids).toEqual([event.id, event.id]);
    await app.close();
  });

  it('leaves no connection behind when the service closes, whatever was in use', async () => {
    collector = new Collector();
    const app = await start();
    await app.get(Broadcast).subscribe('anything', () => undefined);
    const reading = app.get(AudioLog).read('meeting', null, { waitMs: 50, limit: 1 });
    await app.get(EventBus).publish(meetingEnded());
    await Promise.all([collector.called(1), reading]);
    await app.close();
    const redis = createRedis(server.url, { name: 'test' });
    // Redis 8 also lists each client's `lib-name`.
    const names = String(await redis.client('LIST')).match(/ name=\S*/g);
    await closeRedis(redis);
    expect(names).toEqual([' name=test']);
  });
});
