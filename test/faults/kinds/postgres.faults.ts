import { setTimeout as wait } from 'node:timers/promises';
import { someMs, type Fault } from '../fault';

export const postgresFaults: Fault[] = [
  {
    name: 'PostgreSQL ends every session, transactions among them',
    needsPostgres: true,
    strike: async ({ cluster, random }) => {
      for (let times = 0; times < 3; times += 1) {
        await cluster.postgres.endSessions();
        await wait(someMs(random, 100, 800));
      }
      await cluster.ready();
    },
  },
  {
    name: 'PostgreSQL crashes and recovers',
    needsPostgres: true,
    strike: async ({ cluster }) => {
      await cluster.postgres.crash();
      await wait(500);
      await cluster.ready();
    },
  },
  {
    name: 'nobody can reach Postgres, for longer than an event is tried',
    strike: async ({ cluster, random }) => {
      const gates = cluster.replicas.map(({ postgres }) => postgres);
      await Promise.all(gates.map((gate) => gate.shut()));
      await wait(someMs(random, 12_000, 20_000));
      await Promise.all(gates.map((gate) => gate.open()));
      await cluster.ready();
    },
  },
  {
    name: 'the disk of Postgres is full',
    strike: async ({ cluster, random }) => {
      await cluster.postgres.fillDisk();
      await wait(someMs(random, 1_000, 15_000));
      await cluster.postgres.freeDisk();
      await cluster.ready();
    },
  },
  {
    name: 'PostgreSQL hangs',
    needsPostgres: true,
    strike: async ({ cluster, random }) => {
      const thaw = await cluster.postgres.freeze();
      await wait(someMs(random, 1_000, 6_000));
      thaw();
      await cluster.ready();
    },
  },
];
