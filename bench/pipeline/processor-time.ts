import { cpus } from 'node:os';
import { treeUse } from '../process-tree';
import type { RunningSystem } from './running-system';

/** Who used so many cores of the machine, in the mean. */
export interface CoresUsed {
  asr: number;
  ingestion: number;
  /** nlu, rag, agent and integrations. */
  others: number;
  /** Redis, PostgreSQL, the kernel, what makes the load, and whatever else runs on this machine. */
  rest: number;
}

const OTHERS = ['nlu', 'rag', 'agent', 'integrations'] as const;

/** Notes what has been used so far. @returns the call that says what was used since. */
export function processorTime(system: RunningSystem): () => CoresUsed {
  const startedAt = performance.now();
  const used = (): Omit<CoresUsed, 'rest'> & { all: number } => ({
    asr: cpuMs(system, 'asr'),
    ingestion: cpuMs(system, 'ingestion'),
    others: OTHERS.reduce((sum, name) => sum + cpuMs(system, name), 0),
    all: busyMs(),
  });
  const before = used();
  return () => {
    const after = used();
    const passedMs = performance.now() - startedAt;
    const cores = (key: keyof typeof after): number => (after[key] - before[key]) / passedMs;
    const [asr, ingestion, others] = [cores('asr'), cores('ingestion'), cores('others')];
    return { asr, ingestion, others, rest: cores('all') - asr - ingestion - others };
  };
}

function cpuMs(system: RunningSystem, name: 'asr' | 'ingestion' | (typeof OTHERS)[number]): number {
  return treeUse(system.pidOf(name))?.cpuMs ?? Number.NaN;
}

function busyMs(): number {
  return cpus().reduce(
    (sum, { times }) => sum + times.user + times.nice + times.sys + times.irq,
    0,
  );
}
