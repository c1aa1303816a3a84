import { setTimeout as wait } from 'node:timers/promises';
import type { TcpGate } from '@parley/testing';
import { pick, someMs, type Fault, type Scene } from '../fault';

export const networkFaults: Fault[] = [
  {
    name: 'a process cannot reach Redis',
    strike: (scene) => cutOff(scene, pick(scene.random, scene.cluster.replicas).redis),
  },
  {
    name: 'a process cannot reach Postgres',
    strike: (scene) => cutOff(scene, pick(scene.random, scene.cluster.replicas).postgres),
  },
  {
    name: 'the senders lose their lines',
    strike: async ({ cluster, meetings, random }) => {
      for (let times = 0; times < 3; times += 1) {
        for (const { id } of meetings) cluster.lines.cut(id);
        await wait(someMs(random, 200, 1_500));
      }
    },
  },
  {
    name: 'the viewers lose their lines',
    strike: async ({ meetings, random }) => {
      for (let times = 0; times < 5; times += 1) {
        for (const meeting of meetings) meeting.feed.cut();
        await wait(someMs(random, 50, 900));
      }
    },
  },
];

async function cutOff({ cluster, random }: Scene, gate: TcpGate): Promise<void> {
  await gate.shut();
  await wait(someMs(random, 500, 5_000));
  await gate.open();
  await cluster.ready();
}
