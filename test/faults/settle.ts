import { setTimeout as wait } from 'node:timers/promises';
import { readGroups } from './bus-state';
import type { Cluster } from './cluster/cluster';

const LOOK_EVERY_MS = 250;
const LIMIT_MS = 75_000;
const WITH_OUTBOX = ['ingestion', 'asr', 'nlu', 'agent', 'integrations'];

/**
 * Waits until nothing moves any more: all said is written, all events are handled, all approved is carried out.
 * @returns what is still on its way when the time is up: nothing, when all is well
 */
export async function settled(cluster: Cluster, meetingIds: readonly string[]): Promise<string[]> {
  const startedAt = performance.now();
  for (;;) {
    const open = await stillOpen(cluster, meetingIds).catch((error: unknown) => [String(error)]);
    if (open.length === 0 || performance.now() - startedAt > LIMIT_MS) return open;
    await wait(LOOK_EVERY_MS);
  }
}

async function stillOpen(cluster: Cluster, meetingIds: readonly string[]): Promise<string[]> {
  const { postgres, redis } = cluster;
  const open: string[] = [];
  const count = async (what: string, sql: string): Promise<void> => {
    const [row] = await postgres.rows<{ count: number }>(sql, [meetingIds]);
    if (row && row.count > 0) open.push(`${String(row.count)} ${what}`);
  };
  const mine = 'meeting_id = ANY($1::uuid[])';
  for (const schema of WITH_OUTBOX) {
    await count(
      `events in the outbox of ${schema}`,
      `SELECT count(*)::int FROM ${schema}.outbox WHERE published_at IS NULL AND $1::uuid[] IS NOT NULL`,
    );
  }
  await count(
    'channels not transcribed',
    `SELECT count(*)::int FROM asr.sessions WHERE status = 'open' AND ${mine}`,
  );
  await count(
    'channels without an end',
    `SELECT count(*)::int FROM ingestion.channels WHERE NOT completed AND ${mine}`,
  );
  await count(
    'meetings without a summary',
    `SELECT count(*)::int FROM agent.meetings WHERE summarised_at IS NULL AND id = ANY($1::uuid[])`,
  );
  await count(
    'actions without an outcome',
    `SELECT count(*)::int FROM agent.actions WHERE status = 'approved' AND ${mine}`,
  );
  await count(
    'deliveries on their way',
    `SELECT count(*)::int FROM integrations.deliveries
     WHERE status IN ('planned', 'sending') AND meeting_id::text = ANY($1::text[])`,
  );
  for (const { stream, group, pending, lag } of await readGroups(redis.client)) {
    if (pending + lag > 0) {
      open.push(`${group} has ${String(pending)} pending and ${String(lag)} unread of ${stream}`);
    }
  }
  return open;
}
