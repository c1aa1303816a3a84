import type { Cluster } from './cluster/cluster';
import type { Seeded } from '../harness/seeded';
import type { LiveMeeting } from './meeting/live-meeting';

/** What may be different after a fault, because nothing can prevent it. `docs/reliability.md` says why. */
export type Allowance =
  /** Redis lost what it held: audio that was not yet transcribed is gone, and the coverage says so. */
  | 'audio-lost'
  /** Messages that nobody can handle end as dead letters. */
  | 'dead-letters';

/** What a fault can reach. */
export interface Scene {
  cluster: Cluster;
  meetings: LiveMeeting[];
  random: Seeded;
}

/** One way in which things go wrong. */
export interface Fault {
  /** As a sentence's part: "an asr replica is killed". */
  name: string;
  /** Only where PostgreSQL itself runs. */
  needsPostgres?: boolean;
  allows?: Allowance;
  /** Breaks it, holds it, and mends it: resolves when nothing is broken any more. */
  strike(scene: Scene): Promise<void>;
}

/** One of them. */
export function pick<T>(random: Seeded, items: readonly T[]): T {
  const chosen = items[Math.floor(random.next() * items.length)];
  if (chosen === undefined) throw new Error('there is nothing to pick from');
  return chosen;
}

/** Some time between the two. */
export function someMs(random: Seeded, fromMs: number, toMs: number): number {
  return Math.round(fromMs + random.next() * (toMs - fromMs));
}
