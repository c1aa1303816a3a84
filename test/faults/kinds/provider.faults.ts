import { mkdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebhookFault } from '@parley/testing';
import { pick, someMs, type Fault } from '../fault';

const MISBEHAVIOURS: WebhookFault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, headers: { 'retry-after': '1' } },
  { kind: 'hang' },
  { kind: 'reset' },
  { kind: 'garbage' },
  { kind: 'endless' },
  { kind: 'slow', ms: 1_200 },
];

export const providerFaults: Fault[] = [
  {
    name: 'the provider fails, hangs and lies',
    strike: async ({ cluster, random }) => {
      for (let times = 0; times < 4; times += 1) {
        cluster.receiver.failNext(pick(random, MISBEHAVIOURS));
      }
      await wait(1_000);
    },
  },
  {
    name: 'the process that waits for the provider is killed',
    strike: async ({ cluster, random }) => {
      cluster.receiver.failNext({ kind: 'slow', ms: 1_500 }, { kind: 'slow', ms: 1_500 });
      const before = cluster.receiver.requests.length;
      const limit = Date.now() + 4_000;
      while (cluster.receiver.requests.length === before && Date.now() < limit) await wait(20);
      await pick(random, cluster.of('integrations')).killAndStart();
      await cluster.ready();
    },
  },
  {
    name: 'the file that deliveries are written to cannot be used',
    strike: async ({ cluster, random }) => {
      const folder = join(cluster.dataDir, 'deliveries');
      await mkdir(folder, { recursive: true });
      const file = join(folder, 'file.jsonl');
      const kept = join(folder, 'kept');
      await writeFile(file, '', { flag: 'a' });
      await rename(file, kept);
      // Reading and writing fail, as root too: permissions would not stop it.
      await mkdir(file);
      await wait(someMs(random, 1_000, 3_000));
      await rmdir(file);
      await rename(kept, file);
    },
  },
];
