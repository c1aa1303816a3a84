import type { RedisEventBus } from '@parley/bus';
import { makeEvent, newId, signApproval, type Delivery, type Envelope } from '@parley/contracts';
import { familyCpuMs } from '../process-tree';
import type { Replica } from './replica';

export interface Carried {
  name: string;
  deliveries: number;
  perSecond: number;
  /** Processor time of one delivery, in the replica and in PostgreSQL. Unit: milliseconds. */
  replicaCpuMs: number;
  postgresCpuMs: number;
}

export interface Backlog {
  name: string;
  provider: string;
  tool: string;
  connectionId: string;
  deliveries: number;
  signingKey: string;
}

/** The longest that a backlog may take. */
const LIMIT_MS = 180_000;
const PUBLISHED_AT_ONCE = 250;

/** Announces approved actions as agent does, all at once, and waits until the last has succeeded. */
export async function carry(
  backlog: Backlog,
  replica: Replica,
  bus: RedisEventBus,
  postmaster: number | null,
): Promise<Carried> {
  const events = Array.from({ length: backlog.deliveries }, () => approved(backlog));
  const { finished, stop } = await allSucceeded(
    bus,
    events.map(({ data }) => data.actionId),
  );
  try {
    const before = { replica: await replica.cpuMs(), postgres: postgresCpuMs(postmaster) };
    const startedAt = performance.now();
    for (let at = 0; at < events.length; at += PUBLISHED_AT_ONCE) {
      await bus.publish(...events.slice(at, at + PUBLISHED_AT_ONCE));
    }
    await finished;
    const seconds = (performance.now() - startedAt) / 1_000;
    const { name, deliveries } = backlog;
    return {
      name,
      deliveries,
      perSecond: deliveries / seconds,
      replicaCpuMs: ((await replica.cpuMs()) - before.replica) / deliveries,
      postgresCpuMs: (postgresCpuMs(postmaster) - before.postgres) / deliveries,
    };
  } finally {
    await stop();
  }
}

/** @param postmaster null where the database is no process of its own, so that nothing can be told */
function postgresCpuMs(postmaster: number | null): number {
  return postmaster === null ? Number.NaN : familyCpuMs(postmaster);
}

/** Listens from now on. `finished` rejects when a delivery ends otherwise, or when it takes too long. */
async function allSucceeded(
  bus: RedisEventBus,
  actionIds: string[],
): Promise<{ finished: Promise<void>; stop(): Promise<void> }> {
  const open = new Set(actionIds);
  let settle: (error?: Error) => void = () => undefined;
  const finished = new Promise<void>((resolve, reject) => {
    settle = (error) => {
      if (error) reject(error);
      else resolve();
    };
  });
  finished.catch(() => undefined);
  const limit = setTimeout(() => {
    settle(new Error(`${open.size} of ${actionIds.length} were not carried out`));
  }, LIMIT_MS);
  const subscription = await bus.subscribe({
    group: `bench-${newId<string>()}`,
    topics: ['delivery'],
    types: ['delivery.succeeded', 'delivery.failed', 'delivery.uncertain'],
    handler: (event) => {
      const { actionId, status, reason } = (event.data as { delivery: Delivery }).delivery;
      if (!open.delete(actionId)) return Promise.resolve();
      if (status !== 'succeeded') settle(new Error(`${status}: ${reason ?? ''}`));
      if (open.size === 0) settle();
      return Promise.resolve();
    },
  });
  const stop = async (): Promise<void> => {
    clearTimeout(limit);
    await subscription.close();
  };
  return { finished, stop };
}

function approved({
  provider,
  tool,
  connectionId,
  signingKey,
}: Backlog): Envelope<'action.approved'> {
  const action = {
    actionId: newId<string>(),
    suggestionId: newId<string>(),
    connectionId,
    provider,
    tool,
    arguments: { title: 'Send the budget', owner: 'Ana' },
    citations: [{ type: 'segment' as const, id: 'm:main:3', quote: 'I will send the budget' }],
  };
  const approval = signApproval(
    action,
    {
      decidedBy: 'ana',
      decidedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
    signingKey,
  );
  return makeEvent('action.approved', { ...action, approval }, { meetingId: newId<string>() });
}
