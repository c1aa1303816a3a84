import { newId } from '@parley/contracts';
import { closeRedis, createRedis } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import type Redis from 'ioredis';
import { Seeded } from '../../../../test/harness/seeded';
import { meetingEnded } from '../testing/events';
import { tidyScript } from './group.scripts';
import { RedisDeadLetters } from './redis-dead-letters';
import { readGroupState, StreamGroup, type Message } from './stream-group';
import { streamOf } from './stream-keys';

const SEEDS = 100;
const STEPS = 150;
const GROUPS = ['nlu', 'agent'] as const;

/** One process of a group, with what it has in hand. */
interface Consumer {
  commands: StreamGroup;
  hand: Message[];
}

/** What the model knows of one group: which events are done with. */
interface Group {
  name: string;
  consumers: Consumer[];
  handled: Set<string>;
}

// Real: redis-server, the commands of a group, the dead letters. Model: processes that die with what they hold, or
// come back late and acknowledge what another has by now; whoever tidies at any moment.
describe('a stream and its groups', () => {
  let server: TestRedis;
  let redis: Redis;
  let random: Seeded;
  let prefix: string;
  let stream: string;
  let groups: Group[];
  let published: string[];
  let names = 0;

  beforeAll(async () => {
    server = await startRedisServer();
    redis = createRedis(server.url, { name: 'test' });
    // Each consumer listens to the one connection that they share here.
    redis.setMaxListeners(0);
  });
  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  const below = (limit: number): number => Math.floor(random.next() * limit);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;

  const newConsumer = (group: string): Consumer => {
    names += 1;
    return { commands: new StreamGroup(redis, redis, group, `c${names}`, [stream]), hand: [] };
  };

  async function publish(): Promise<void> {
    const event = meetingEnded();
    published.push(event.id);
    await redis.xadd(stream, '*', 'type', event.type, 'event', JSON.stringify(event));
  }

  const idOf = ({ raw }: Message): string => (JSON.parse(raw.json ?? '') as { id: string }).id;

  /** Another group's letter that came back is passed by. */
  const isOurs = (group: Group, { raw }: Message): boolean =>
    raw.only === undefined || raw.only === group.name;

  async function read(consumer: Consumer): Promise<void> {
    // A read of nothing waits a tenth of a second, however little it is told to.
    const state = await readGroupState(redis, stream, consumer.commands.group);
    if (state?.lag === 0) return;
    consumer.hand.push(...(await consumer.commands.read(1 + below(4), 1)));
  }

  /** As if all that is not acknowledged had been left lying for long. */
  async function claim(consumer: Consumer, count: number): Promise<void> {
    const { messages, vanished } = await consumer.commands.claim(stream, 0, count);
    // Some were trimmed that nobody had acknowledged.
    expect(vanished).toBe(0);
    consumer.hand.push(...messages);
  }

  async function finish(group: Group, consumer: Consumer, message: Message): Promise<void> {
    consumer.hand = consumer.hand.filter((other) => other !== message);
    const id = idOf(message);
    if (isOurs(group, message)) group.handled.add(id);
    await consumer.commands.acknowledge(message);
  }

  async function bury(consumer: Consumer, message: Message): Promise<void> {
    consumer.hand = consumer.hand.filter((other) => other !== message);
    await consumer.commands.bury(message, 'a reason');
  }

  const letters = () => new RedisDeadLetters(redis, prefix);

  /** Everything that any group has read and acknowledged may go. @returns how many entries went. */
  const tidy = async (): Promise<number> =>
    Number(await tidyScript.run(redis, [stream], [-60_000, -60_000, 3_600_000]));

  async function step(): Promise<{ trimmed: number }> {
    const group = one(groups);
    const consumer = one(group.consumers);
    const message = consumer.hand.length > 0 ? one(consumer.hand) : undefined;
    const die = below(100);
    if (die < 22) await publish();
    else if (die < 45) await read(consumer);
    else if (die < 55) await claim(consumer, 1 + below(4));
    else if (die < 75) {
      if (message) await finish(group, consumer, message);
    } else if (die < 80) {
      if (message) await bury(consumer, message);
    } else if (die < 85) {
      // It dies with what it holds; another comes.
      group.consumers[group.consumers.indexOf(consumer)] = newConsumer(group.name);
    } else if (die < 88) {
      const [letter] = await letters().list('meeting', { limit: 1 });
      if (letter) await letters().replay('meeting', letter.id);
    } else return { trimmed: await tidy() };
    return { trimmed: 0 };
  }

  /** Everything is claimed, read and acknowledged, by one consumer after the other. */
  async function mend(group: Group): Promise<void> {
    const last = newConsumer(group.name);
    for (;;) {
      await read(last);
      if (last.hand.length === 0) await claim(last, 1_000);
      if (last.hand.length === 0) return;
      for (const message of [...last.hand]) await finish(group, last, message);
    }
  }

  it('lose no event, whoever dies with it and whoever tidies: each is handled or a dead letter, in each group', async () => {
    let trimmed = 0;
    let buried = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      random = new Seeded(seed);
      prefix = `test-${newId()}`;
      stream = streamOf(prefix, 'meeting');
      published = [];
      groups = GROUPS.map((name) => ({
        name,
        consumers: [newConsumer(name), newConsumer(name)],
        handled: new Set<string>(),
      }));
      for (const { consumers } of groups) await consumers[0]?.commands.ensure();
      for (let count = 0; count < STEPS; count++) trimmed += (await step()).trimmed;
      for (const group of groups) await mend(group);

      const kept = await letters().list('meeting', { limit: 1_000 });
      buried += kept.length;
      for (const { name, handled } of groups) {
        const isDead = (id: string): boolean =>
          kept.some(({ group, event }) => group === name && event.includes(id));
        const lost = published.filter((id) => !handled.has(id) && !isDead(id));
        expect({ seed, name, lost }).toEqual({ seed, name, lost: [] });
      }
      // What is given back is handled, and then nothing is left to keep.
      for (const { id } of kept) await letters().replay('meeting', id);
      for (const group of groups) await mend(group);
      await tidy();
      for (const { name, handled } of groups) {
        const lost = published.filter((id) => !handled.has(id));
        expect({ seed, name, lost }).toEqual({ seed, name, lost: [] });
      }
      expect({ seed, left: await redis.xlen(stream) }).toEqual({ seed, left: 0 });
      expect(await letters().list('meeting')).toEqual([]);
    }
    // The model tries what it is there for.
    expect(trimmed).toBeGreaterThan(SEEDS);
    expect(buried).toBeGreaterThan(SEEDS / 4);
  });
});
