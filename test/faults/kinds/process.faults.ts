import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import type { Replica } from '../cluster/replica';
import { pick, someMs, type Fault, type Scene } from '../fault';

/** Longer than any lease of the run. */
const PAST_THE_AUDIO_LEASE_MS = 5_000;
const PAST_THE_DELIVERY_LEASE_MS = 9_500;

const CLOCK = join(PROJECT_ROOT, 'test/faults/kinds/shifted-clock.cjs');

export const processFaults: Fault[] = [
  ...SERVICE_NAMES.map((service): Fault => ({
    name: `a process of ${service} is killed`,
    strike: async (scene) => {
      await replicaOf(scene, service).killAndStart();
      await scene.cluster.ready();
    },
  })),
  {
    name: 'both asr processes are killed',
    strike: async ({ cluster }) => {
      await Promise.all(cluster.of('asr').map((replica) => replica.killAndStart()));
      await cluster.ready();
    },
  },
  {
    name: 'a process is restarted politely',
    strike: async (scene) => {
      const replica = replicaOf(scene, pick(scene.random, SERVICE_NAMES));
      await replica.running.end('SIGTERM');
      await replica.start();
      await scene.cluster.ready();
    },
  },
  {
    name: 'an asr process hangs beyond its lease, and goes on',
    strike: (scene) => frozen(replicaOf(scene, 'asr'), PAST_THE_AUDIO_LEASE_MS),
  },
  {
    name: 'a delivering process hangs beyond its lease, and goes on',
    strike: (scene) => frozen(replicaOf(scene, 'integrations'), PAST_THE_DELIVERY_LEASE_MS),
  },
  {
    name: 'a process hangs for a while',
    strike: (scene) => {
      const { random } = scene;
      return frozen(replicaOf(scene, pick(random, SERVICE_NAMES)), someMs(random, 500, 4_000));
    },
  },
  {
    name: "a process's clock is an hour off",
    strike: async (scene) => {
      const { random, cluster } = scene;
      const replica = replicaOf(scene, pick(random, ['asr', 'nlu', 'agent'] as const));
      const shiftMs = (random.next() < 0.5 ? -1 : 1) * 3_600_000;
      replica.extra = { NODE_OPTIONS: `--require ${CLOCK}`, CLOCK_SHIFT_MS: String(shiftMs) };
      await replica.killAndStart();
      await cluster.ready();
      await wait(someMs(random, 3_000, 5_000));
      replica.extra = {};
      await replica.killAndStart();
      await cluster.ready();
    },
  },
];

function replicaOf({ cluster, random }: Scene, service: ServiceName): Replica {
  return pick(random, cluster.of(service));
}

async function frozen({ running }: Replica, ms: number): Promise<void> {
  running.child.kill('SIGSTOP');
  try {
    await wait(ms);
  } finally {
    running.child.kill('SIGCONT');
  }
}
