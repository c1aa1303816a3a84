import { makeEvent, newId } from '@parley/contracts';
import { closeRedis, createRedis } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import type Redis from 'ioredis';
import { meetingEnded } from '../testing/events';
import { forgetMeeting } from './forget-meeting';

// Real: redis-server.
describe('taking some of the messages of a meeting away', () => {
  const which = { types: ['meeting.forgotten'], onceRead: ['meeting.ended'] } as const;
  let server: TestRedis;
  let redis: Redis;
  let prefix: string;
  let meetingId: string;
  const left = async (): Promise<number> => redis.xlen(`${prefix}:meeting`);
  const add = async (): Promise<string> => {
    const event = makeEvent('meeting.ended', meetingEnded().data, { meetingId });
    const fields = ['type', event.type, 'event', JSON.stringify(event)];
    return (await redis.xadd(`${prefix}:meeting`, '*', ...fields)) ?? '';
  };
  const read = (group: string): Promise<unknown> =>
    redis.xreadgroup('GROUP', group, 'one', 'COUNT', 1, 'STREAMS', `${prefix}:meeting`, '>');

  beforeAll(async () => {
    server = await startRedisServer();
    redis = createRedis(server.url, { name: 'test' });
  });
  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });
  beforeEach(async () => {
    prefix = `test-${newId()}`;
    meetingId = newId();
    for (const group of ['agent', 'nlu']) {
      await redis.xgroup('CREATE', `${prefix}:meeting`, group, '0', 'MKSTREAM');
    }
  });

  it('leaves what a group has not read, or not acknowledged, and takes it once all have', async () => {
    const [first, second] = [await add(), await add()];
    await read('agent');
    await read('nlu');
    await redis.xack(`${prefix}:meeting`, 'agent', first);
    expect(await forgetMeeting(redis, prefix, meetingId, which)).toEqual({ went: 0, waiting: 2 });
    await redis.xack(`${prefix}:meeting`, 'nlu', first);
    expect(await forgetMeeting(redis, prefix, meetingId, which)).toEqual({ went: 1, waiting: 1 });
    expect(await left()).toBe(1);
    for (const group of ['agent', 'nlu']) {
      await read(group);
      await redis.xack(`${prefix}:meeting`, group, second);
    }
    expect(await forgetMeeting(redis, prefix, meetingId, which)).toEqual({ went: 1, waiting: 0 });
  });

  it('takes what goes in any case, and nothing of types that stay', async () => {
    await add();
    const types = ['meeting.ended'] as const;
    const none = { types: ['meeting.started'], onceRead: ['meeting.forgotten'] } as const;
    expect(await forgetMeeting(redis, prefix, meetingId, none)).toEqual({ went: 0, waiting: 0 });
    const all = { types, onceRead: [] };
    expect(await forgetMeeting(redis, prefix, meetingId, all)).toEqual({ went: 1, waiting: 0 });
  });
});
