import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@parley/contracts';
import { closeRedis, createRedis } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import type Redis from 'ioredis';
import { OutageError } from '../delivery/bus-errors';
import { audioLogContract } from '../testing/audio-log.contract';
import { broadcastContract } from '../testing/broadcast.contract';
import { Collector } from '../testing/collector';
import {
  eventBusContract,
  MAX_DELIVERIES,
  type EventBusHarness,
} from '../testing/event-bus.contract';
import { eventBusModel } from '../testing/event-bus.model';
import { meetingEnded } from '../testing/events';
import { until } from '../testing/until';
import { tidyScript } from './group.scripts';
import { RedisAudioLog } from './redis-audio-log';
import { RedisBroadcast } from './redis-broadcast';
import { RedisEventBus, type RedisEventBusOptions } from './redis-event-bus';

// Real: redis-server, the connections. Nothing is fake.
let server: TestRedis;
let redis: Redis;
let prefix: string;

beforeAll(async () => {
  server = await startRedisServer();
  redis = createRedis(server.url, { name: 'test' });
});

afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
});

const freshPrefix = (): string => (prefix = `test-${newId()}`);
const open = (more: Partial<RedisEventBusOptions> = {}): RedisEventBus =>
  new RedisEventBus({
    url: server.url,
    name: 'test',
    prefix,
    maxDeliveries: MAX_DELIVERIES,
    firstRetryMs: 5,
    outageRetryMs: 5,
    ...more,
  });

const harness = (): Promise<EventBusHarness> => {
  freshPrefix();
  return Promise.resolve({
    open,
    ready: (bus) => (bus as RedisEventBus).ready(5_000),
    corrupt: async (_bus, json) => {
      await redis.xadd(`${prefix}:meeting`, '*', 'event', json);
    },
  });
};
eventBusContract('Redis', harness);
eventBusModel('Redis', harness);
broadcastContract('Redis', () => {
  freshPrefix();
  return Promise.resolve(() => new RedisBroadcast({ url: server.url, name: 'test', prefix }));
});
audioLogContract('Redis', () => {
  freshPrefix();
  return Promise.resolve(() => new RedisAudioLog({ url: server.url, name: 'test', prefix }));
});

describe('the event bus on Redis Streams', () => {
  const meetings = { topics: ['meeting'], types: ['meeting.ended'] } as const;
  let stream: string;
  let opened: RedisEventBus[];
  const bus = (more: Partial<RedisEventBusOptions> = {}): RedisEventBus => {
    const made = open(more);
    opened.push(made);
    return made;
  };
  const pending = async (): Promise<number> => Number((await redis.xpending(stream, 'nlu'))[0]);

  beforeEach(() => {
    stream = `${freshPrefix()}:meeting`;
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
  });

  /** A consumer that takes what is there and is never heard of again. */
  async function dieReading(): Promise<void> {
    await redis.call('XREADGROUP', ['GROUP', 'nlu', 'dead', 'STREAMS', stream, '>']);
  }

  it('keeps what was published before a group first started', async () => {
    const event = meetingEnded();
    await bus().publish(event);
    const nlu = new Collector();
    await bus().subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await nlu.called(1);
    expect(nlu.ids).toEqual([event.id]);
  });

  it('shares a group among processes', async () => {
    const all = new Collector();
    const replicas = [new Collector(all.handler), new Collector(all.handler)];
    for (const { handler } of replicas) {
      await bus().subscribe({ group: 'nlu', ...meetings, handler });
    }
    const events = Array.from({ length: 100 }, meetingEnded);
    await bus().publish(...events);
    await all.called(100);
    expect(replicas.flatMap(({ ids }) => ids).sort()).toEqual(events.map(({ id }) => id).sort());
  });

  it('takes over what a dead consumer left lying', async () => {
    await redis.xgroup('CREATE', stream, 'nlu', '0', 'MKSTREAM');
    const event = meetingEnded();
    const survivor = bus({ claimIdleMs: 60 });
    await survivor.publish(event);
    await dieReading();
    const nlu = new Collector();
    await survivor.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await nlu.called(1);
    expect(nlu.ids).toEqual([event.id]);
    await until(async () => ((await pending()) === 0 ? true : undefined));
  });

  it('does not take over what a live consumer works on for long', async () => {
    let finish = (): void => undefined;
    const slow = new Collector(() => new Promise<void>((resolve) => (finish = resolve)));
    const idle = new Collector();
    const options = { claimIdleMs: 500 };
    const first = bus(options);
    await first.subscribe({ group: 'nlu', ...meetings, handler: slow.handler });
    await first.publish(meetingEnded());
    await slow.called(1);
    await bus(options).subscribe({ group: 'nlu', ...meetings, handler: idle.handler });
    // Nothing announces that nobody claimed: three times the idle limit have to pass.
    await sleep(1_500);
    expect([slow.events.length, idle.events.length]).toEqual([1, 0]);
    finish();
  });

  it('gives up a message that its consumers never acknowledged, as if it killed them', async () => {
    await redis.xgroup('CREATE', stream, 'nlu', '0', 'MKSTREAM');
    const survivor = bus({ claimIdleMs: 60 });
    await survivor.publish(meetingEnded());
    await dieReading();
    const [[id] = ['']] = await redis.xrange(stream, '-', '+');
    for (let death = 1; death < MAX_DELIVERIES; death += 1) {
      await redis.xclaim(stream, 'nlu', 'dead', 0, id);
    }
    const nlu = new Collector();
    await survivor.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    const letter = await until(async () => (await survivor.deadLetters.list('meeting'))[0]);
    expect(letter.reason).toContain(
      `AbandonedError: ${MAX_DELIVERIES} deliveries, none acknowledged`,
    );
    expect(nlu.events).toEqual([]);
  });

  it('reads nothing more during an outage, and takes up everything after it', async () => {
    let away = true;
    const seen = new Set<string>();
    const nlu = new Collector(({ id }) => {
      if (away) seen.add(id);
      if (away) throw new OutageError(new Error('database away'));
    });
    // Long against what a crowded machine stands still for: after each wait one more may be read to see.
    const one = bus({ concurrency: 4, outageRetryMs: 800 });
    const events = Array.from({ length: 40 }, meetingEnded);
    await one.publish(...events);
    await one.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await nlu.called(12);
    expect(seen.size).toBe(4);
    away = false;
    await until(async () => ((await pending()) === 0 && new Set(nlu.ids).size === 40) || undefined);
    expect(await one.deadLetters.list('meeting')).toEqual([]);
  });

  it('hands over what waits for the end of an outage without having counted it', async () => {
    const away = new Collector(() => {
      throw new OutageError(new Error('database away'));
    });
    const first = bus({ outageRetryMs: 60_000, claimIdleMs: 60_000 });
    await first.subscribe({ group: 'nlu', ...meetings, handler: away.handler });
    await first.publish(meetingEnded());
    await away.called(1);
    await first.close();
    const [waiting] = (await redis.xpending(stream, 'nlu', '-', '+', 1)) as [unknown[]];
    expect(waiting[3]).toBe(0);
  });

  it('makes a group again that Redis lost, and goes on', async () => {
    const nlu = new Collector();
    const one = bus();
    await one.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await one.publish(meetingEnded());
    await nlu.called(1);
    await redis.del(stream);
    const event = meetingEnded();
    await one.publish(event);
    await nlu.called(2);
    expect(nlu.ids[1]).toBe(event.id);
  });

  it('leaves a failed message to the next consumer when it closes before trying again', async () => {
    const failing = new Collector(() => {
      throw new Error('no');
    });
    const first = bus({ firstRetryMs: 60_000, claimIdleMs: 60_000 });
    await first.subscribe({ group: 'nlu', ...meetings, handler: failing.handler });
    const event = meetingEnded();
    await first.publish(event);
    await failing.called(1);
    await first.close();
    const nlu = new Collector();
    // The first would have kept it for a minute; having closed it gives it away at once.
    await bus({ claimIdleMs: 300 }).subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await nlu.called(1);
    expect(nlu.ids).toEqual([event.id]);
  });

  it('leaves no consumer behind when it closes with nothing in hand', async () => {
    const nlu = new Collector();
    const one = bus();
    const { close } = await one.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await one.publish(meetingEnded());
    await nlu.called(1);
    await close();
    expect(await redis.xinfo('CONSUMERS', stream, 'nlu')).toEqual([]);
    expect(await pending()).toBe(0);
  });

  it('goes on when Redis was away', async () => {
    const own = await startRedisServer();
    const port = Number(new URL(own.url).port);
    const one = bus({ url: own.url });
    const nlu = new Collector();
    await one.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    await own.stop();
    const back = await startRedisServer({ port });
    await one.publish(meetingEnded());
    await nlu.called(1);
    expect(nlu.events).toHaveLength(1);
    await one.close();
    await back.stop();
  });

  it('tells other data from what it had when it comes back empty', async () => {
    const own = await startRedisServer();
    const port = Number(new URL(own.url).port);
    const [one, other] = [bus({ url: own.url }), bus({ url: own.url })];
    const before = await one.dataId();
    expect(await other.dataId()).toBe(before);
    await own.stop();
    const back = await startRedisServer({ port });
    const after = await one.dataId();
    expect(after).not.toBe(before);
    expect(await other.dataId()).toBe(after);
    await Promise.all([one.close(), other.close()]);
    await back.stop();
  });

  it('trims what every group has acknowledged, and never the oldest entry that one has not', async () => {
    const publisher = bus();
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      await publisher.publish(meetingEnded());
      ids.push((await redis.xrevrange(stream, '+', '-', 'COUNT', 1))[0]?.[0] ?? '');
    }
    for (const group of ['nlu', 'agent']) await redis.xgroup('CREATE', stream, group, '0');
    const read = (group: string, count: number) =>
      redis.call('XREADGROUP', ['GROUP', group, 'c', 'COUNT', count, 'STREAMS', stream, '>']);
    const tidy = async (): Promise<string[]> => {
      await tidyScript.run(redis, [stream], [-60_000, -60_000, 60_000]);
      return (await redis.xrange(stream, '-', '+')).map(([id]) => id);
    };
    await read('nlu', 4);
    await redis.xack(stream, 'nlu', ...ids);
    expect(await tidy()).toEqual(ids);
    await read('agent', 3);
    await redis.xack(stream, 'agent', ids[0] ?? '', ids[2] ?? '');
    expect(await tidy()).toEqual(ids.slice(1));
    await redis.xack(stream, 'agent', ids[1] ?? '');
    expect(await tidy()).toEqual(ids.slice(3));
  });

  it('keeps for an hour what all have acknowledged, for a group that starts later', async () => {
    const one = bus();
    await one.publish(meetingEnded());
    await redis.xgroup('CREATE', stream, 'nlu', '$');
    await tidyScript.run(redis, [stream], [3_600_000, 3_600_000, 60_000]);
    expect(await redis.xlen(stream)).toBe(1);
  });
});
