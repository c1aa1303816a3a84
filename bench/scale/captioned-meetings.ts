import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import type { Say } from '../measure';
import type { RunningSystem } from '../pipeline/running-system';
import { orderProgram } from '../order-program';
import { familyCpuMs, parentOf, treeUse } from '../process-tree';
import type { CaptionedMeetings, CaptionedOrder } from './captioned-order';
import { redisUse } from './redis-use';

/** What one live meeting brings, as docs/scaling.md reckons. */
export const LINES_PER_MINUTE = 7.6;

/** Whose processor time is told: `load` is what sends the lines and watches. */
export const PARTS = [...SERVICE_NAMES, 'postgres', 'redis', 'load'] as const;
type Part = (typeof PARTS)[number];

/** So many meetings at a time whose words come as text: all of Parley but recognition. */
export interface CaptionedRun extends CaptionedMeetings {
  meetings: number;
  /**
   * For each line that was sent: how long they took, once there were too many, makes no difference. What services take at
   * rest is in it. PostgreSQL's is not told where it is the embedded one.
   */
  aLine: { cpuMs: Record<Part, number>; rows: number; redisCommands: number };
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
  const before = await used(system);
  const result = await orderProgram<CaptionedMeetings>('scale/captioned-meetings', {
    ...order,
    urls: system.client.urls,
    linesPerMinute: LINES_PER_MINUTE,
  } satisfies CaptionedOrder);
  const after = await used(system);
  const cpuMs = Object.fromEntries(
    PARTS.map((part) => [
      part,
      (part === 'load' ? result.cpuMs : after.cpuMs[part] - before.cpuMs[part]) / result.sent,
    ]),
  ) as Record<Part, number>;
  const aLine = {
    cpuMs,
    rows: (after.rows - before.rows) / result.sent,
    redisCommands: (after.commands - before.commands) / result.sent,
  };
  say(`  ${JSON.stringify({ ...result, aLine })}`);
  return { ...result, meetings, aLine };
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
