import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import type { Say } from '../measure';
import type { RunningSystem } from '../pipeline/running-system';
import { familyCpuMs, parentOf, treeUse } from '../process-tree';
import type { CaptionedMeetings, CaptionedOrder } from './captioned-order';
import { orderProgram } from './order-program';
import { redisUse } from './redis-use';

/** What one live meeting brings, as docs/scaling.md reckons. */
export const LINES_PER_MINUTE = 7.6;

type Part = ServiceName | 'postgres' | 'redis' | 'load';

/** So many meetings at a time whose words come as text: all of Parley but recognition. */
export interface CaptionedRun extends CaptionedMeetings {
  meetings: number;
  /** In the mean, while they were held. PostgreSQL's is not told where it is the embedded one. */
  cores: Record<Part, number>;
  redisCommandsPerSecond: number;
  rowsPerSecond: number;
}

interface Used {
  cpuMs: Record<Exclude<Part, 'load'>, number>;
  commands: number;
  rows: number;
}

export async function holdCaptioned(
  system: RunningSystem,
  order: Omit<CaptionedOrder, 'urls' | 'linesPerMinute'>,
  say: Say,
): Promise<CaptionedRun> {
  const { meetings } = order;
  say(`${meetings} meetings for ${order.seconds} s, their words as text …`);
  const startedAt = performance.now();
  const before = await used(system);
  const result = await orderProgram<CaptionedMeetings>('captioned-meetings', {
    ...order,
    urls: system.client.urls,
    linesPerMinute: LINES_PER_MINUTE,
  } satisfies CaptionedOrder);
  const after = await used(system);
  const passedMs = performance.now() - startedAt;
  const cores = Object.fromEntries(
    [...SERVICE_NAMES, 'postgres' as const, 'redis' as const].map((part) => [
      part,
      (after.cpuMs[part] - before.cpuMs[part]) / passedMs,
    ]),
  ) as CaptionedRun['cores'];
  cores.load = result.cpuMs / passedMs;
  const perSecond = (count: number): number => (count / passedMs) * 1_000;
  const run: CaptionedRun = {
    ...result,
    meetings,
    cores,
    redisCommandsPerSecond: perSecond(after.commands - before.commands),
    rowsPerSecond: perSecond(after.rows - before.rows),
  };
  say(`  ${JSON.stringify(run)}`);
  return run;
}

async function used(system: RunningSystem): Promise<Used> {
  const [redis, { rows }] = await Promise.all([
    redisUse(system.redis.url),
    system.database.query<{ pid: number; inserted: string }>(
      `SELECT pg_backend_pid() AS pid, sum(n_tup_ins) AS inserted FROM pg_stat_user_tables`,
    ),
  ]);
  const [row] = rows;
  if (!row) throw new Error('the database does not tell what it did');
  const cpuMs = Object.fromEntries(
    SERVICE_NAMES.map((name) => [name, treeUse(system.pidOf(name))?.cpuMs ?? Number.NaN]),
  ) as Record<ServiceName, number>;
  const postgres = process.env.TEST_DATABASE_URL ? familyCpuMs(parentOf(row.pid)) : Number.NaN;
  return {
    cpuMs: { ...cpuMs, postgres, redis: redis.cpuMs },
    commands: redis.commands,
    rows: Number(row.inserted),
  };
}
