import { Controller, Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern } from '@nestjs/microservices';
import { SETTINGS } from '@parley/config';
import type { Envelope, Topic } from '@parley/contracts';
import { throwError } from 'rxjs';
import { EventBus } from '../event-bus';
import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '../memory/embedded-bus';
import type { MemoryEventBus } from '../memory/memory-event-bus';
import { Collector } from '../testing/collector';
import { documentRemoved, meetingEnded } from '../testing/events';
import { BusModule } from './bus.module';
import { BusServer } from './bus.server';
import { OnEvent } from './on-event.decorator';

// Real: Nest with its handler wrapping, the embedded bus. There is no HTTP server.
@Global()
@Module({ providers: [{ provide: SETTINGS, useValue: {} }], exports: [SETTINGS] })
class SettingsModule {}

let collector: Collector;

@Controller()
class Handlers {
  @OnEvent('meeting.ended')
  async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
    await collector.handler(event);
  }
}

@Controller()
class MoreHandlers {
  @OnEvent('meeting.ended')
  async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
    await collector.handler(event);
  }
}

@Controller()
class Answering {
  @MessagePattern('meeting.ended')
  answer(): string {
    return 'an answer';
  }
}

describe('event handlers of a Nest service', () => {
  let app: INestApplicationContext | undefined;

  beforeEach(() => {
    collector = new Collector();
    enableEmbeddedBus({ maxDeliveries: 3, firstRetryMs: 5 });
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    await disableEmbeddedBus();
  });

  async function start(
    controllers: (typeof Handlers | typeof MoreHandlers | typeof Answering)[],
    topics?: readonly Topic[],
  ): Promise<INestApplicationContext> {
    @Module({
      imports: [
        SettingsModule,
        BusModule.forService({ group: 'agent', ...(topics && { topics }) }),
      ],
      controllers,
    })
    class ServiceModule {}
    const service = await NestFactory.create(ServiceModule, { logger: false, abortOnError: false });
    app = service;
    service.connectMicroservice({ strategy: service.get(BusServer) });
    await service.init();
    await service.startAllMicroservices();
    return service;
  }

  const deadLetters = () => (embeddedBus()?.bus as MemoryEventBus).deadLetters.list('meeting');

  it('get the events of their type', async () => {
    const service = await start([Handlers]);
    const event = meetingEnded();
    await service.get(EventBus).publish(documentRemoved(), event);
    expect(collector.ids).toEqual([event.id]);
  });

  it('get an event again after they threw', async () => {
    collector = new Collector((_event, nth) => {
      if (nth === 1) throw new Error('once');
    });
    const service = await start([Handlers]);
    await service.get(EventBus).publish(meetingEnded());
    expect(collector.events).toHaveLength(2);
    expect(await deadLetters()).toEqual([]);
  });

  it('that always throw end in a dead letter with their own error, not that of Nest', async () => {
    collector = new Collector(() => {
      throw new RangeError('no such owner');
    });
    const service = await start([Handlers]);
    await service.get(EventBus).publish(meetingEnded());
    expect(collector.events).toHaveLength(3);
    expect(await deadLetters()).toMatchObject([
      {
        group: 'agent',
        deliveries: 3,
        reason: 'RangeError',
      },
    ]);
  });

  it('that return an observable which errs have failed as well', async () => {
    collector = new Collector();
    @Controller()
    class Reactive {
      @OnEvent('meeting.ended')
      onEnded(event: Envelope<'meeting.ended'>): never {
        void collector.handler(event);
        return throwError(() => new Error('later')) as never;
      }
    }
    const service = await start([Reactive]);
    await service.get(EventBus).publish(meetingEnded());
    expect(await deadLetters()).toMatchObject([{ deliveries: 3, reason: 'Error' }]);
  });

  it('run inside the context that the service enters around them', async () => {
    const service = await start([Handlers]);
    const order: string[] = [];
    collector = new Collector(() => order.push('handler'));
    service.get(BusServer).setEventContext(async (event, next) => {
      order.push(`enter ${event.type}`);
      await next();
      order.push('leave');
    });
    await service.get(EventBus).publish(meetingEnded());
    expect(order).toEqual(['enter meeting.ended', 'handler', 'leave']);
  });

  it('finish before the service is closed, and get nothing afterwards', async () => {
    let finished = false;
    collector = new Collector(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      finished = true;
    });
    const service = await start([Handlers]);
    const bus = service.get(EventBus);
    const publishing = bus.publish(meetingEnded());
    await collector.called(1);
    await service.close();
    expect(finished).toBe(true);
    await publishing;
    await expect(bus.publish(meetingEnded())).rejects.toThrow('no consumer of agent is running');
  });

  it('must not be two for one type', async () => {
    await expect(start([Handlers, MoreHandlers])).rejects.toThrow(
      'event handlers: meeting.ended has two handlers',
    );
  });

  it('must not want to answer', async () => {
    await expect(start([Answering])).rejects.toThrow('meeting.ended wants an answer');
  });

  it('must cover the topics that the service needs', async () => {
    await expect(start([Handlers], ['meeting', 'action'])).rejects.toThrow(
      'event handlers: topic action has no handler',
    );
  });

  it('need Redis when there is no embedded bus', async () => {
    await disableEmbeddedBus();
    await expect(start([Handlers])).rejects.toThrow('REDIS_URL is not set');
  });
});
