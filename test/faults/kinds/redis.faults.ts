import { setTimeout as wait } from 'node:timers/promises';
import { someMs, type Fault } from '../fault';

export const redisFaults: Fault[] = [
  {
    name: 'Redis is killed and comes back with its file',
    strike: async ({ cluster, random }) => {
      await cluster.redis.kill();
      await wait(someMs(random, 0, 4_000));
      await cluster.redis.restart();
      await cluster.ready();
    },
  },
  {
    name: 'Redis is killed and comes back empty',
    allows: 'audio-lost',
    strike: async ({ cluster, random }) => {
      await cluster.redis.kill();
      await wait(someMs(random, 0, 2_000));
      await cluster.redis.restart({ empty: true });
      await cluster.ready();
    },
  },
  {
    name: 'Redis comes back empty while messages wait in it',
    allows: 'audio-lost',
    strike: async ({ cluster, random }) => {
      const slow = [...cluster.of('nlu'), ...cluster.of('agent')];
      for (const { running } of slow) running.child.kill('SIGSTOP');
      await wait(someMs(random, 1_500, 3_000));
      await cluster.redis.kill();
      for (const { running } of slow) running.child.kill('SIGCONT');
      await cluster.redis.restart({ empty: true });
      await cluster.ready();
    },
  },
  {
    name: 'Redis hangs',
    strike: async ({ cluster, random }) => {
      cluster.redis.freeze();
      await wait(someMs(random, 1_000, 6_000));
      cluster.redis.thaw();
      await cluster.ready();
    },
  },
  {
    name: 'Redis has no memory left',
    strike: async ({ cluster, random }) => {
      await cluster.redis.client.config('SET', 'maxmemory', '1mb');
      await wait(someMs(random, 1_000, 4_000));
      await cluster.redis.client.config('SET', 'maxmemory', '0');
      await cluster.ready();
    },
  },
];
