import { makeEvent, newId } from '@parley/contracts';
import Redis from 'ioredis';
import type { Client } from 'pg';
import { WebSocket } from 'ws';
import { promised } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { newAgent, send } from '../../harness/http';
import type { ServiceProcess } from '../../harness/service-process';
import { gatesOf } from '../harness/spare';
import type { Subject } from '../harness/subject';
import { whileLocked } from '../harness/table-lock';
import { NO_SOCKETS, pledges } from '../pledge';

/** What an operator's orchestrator grants before it kills. */
const GRACE_MS = 30_000;
const CLIENTS = 8;
const MEETINGS = 200;

export const drainPledges = pledges(5, [
  {
    says: 'on SIGTERM under load answers everything that it accepted and exits 0 within the grace period',
    check: (subject) =>
      subject.withProcess({}, async (process) => {
        const load = startLoad(subject, process);
        await eventually('the load does not get going', 10_000, () => load.answered() > 50);
        const { code, signal } = await process.end('SIGTERM', GRACE_MS);
        const failures = await load.stop();
        promised(
          failures.length === 0,
          `${failures.length} failed: ${failures.slice(0, 3).join('; ')}`,
        );
        promised(code === 0, `it ended with ${String(code ?? signal)}`);
      }),
  },
  {
    says: 'is not ready while it drains, and says so before it stops listening',
    check: (subject) =>
      subject.withProcess({ SHUTDOWN_DELAY_SECONDS: '1' }, async (process) => {
        process.child.kill('SIGTERM');
        await process.answers('/readyz', ({ status }) => status === 503, 5_000);
        const { code } = await process.endedWithin(GRACE_MS);
        promised(code === 0, `it ended with ${String(code)}`);
      }),
  },
  {
    says: 'closes its WebSockets with 1001',
    except: NO_SOCKETS,
    check: (subject) =>
      subject.withProcess({}, async (process) => {
        const [key] = subject.around.keys;
        const base = process.url.replace('http', 'ws');
        const headers = { authorization: `Bearer ${key}` };
        const sockets = await Promise.all(
          (await subject.socketPaths(process)).map((path) =>
            opened(new WebSocket(`${base}${path}`, { headers })),
          ),
        );
        promised(sockets.length > 0, 'it serves no WebSocket');
        process.child.kill('SIGTERM');
        for (const socket of sockets) {
          const code = await socket.closed;
          promised(code === 1001, `a socket was closed with ${code}`);
        }
        await process.endedWithin(GRACE_MS);
      }),
  },
  {
    says: 'leaves no message behind: what it had not finished when it was told to stop is done by the next',
    except: {
      ingestion: 'takes no event that could be sent without a meeting of its own',
      rag: 'takes no events yet',
      integrations: 'takes only signed approvals',
    },
    limitMs: 120_000,
    check: async (subject) => {
      const { meetings } = subject.sample;
      promised(meetings !== null, 'it does not listen to meetings');
      const gates = await gatesOf(subject);
      await Promise.all([gates.redis.open(), gates.postgres.open()]);
      const { redisUrl, database } = await subject.around.others();
      const redis = new Redis(redisUrl);
      const settings = { ...gates.settings, BUS_CLAIM_IDLE_SECONDS: '1' };
      try {
        const ids = Array.from({ length: MEETINGS }, () => newId<string>());
        await subject.withProcess(settings, async (process) => {
          await Promise.all(ids.map((id) => tellOfMeeting(redis, id)));
          await process.end('SIGTERM', GRACE_MS);
        });
        await subject.withProcess(settings, async () => {
          await eventually('some messages were never handled', 30_000, async () => {
            const { rows } = await database.query<{ count: string }>(
              `SELECT count(*) FROM ${meetings.table} WHERE ${meetings.id} = ANY($1::uuid[])`,
              [ids],
            );
            return Number(rows[0]?.count) === MEETINGS || undefined;
          });
          await eventually('some messages were never acknowledged', 10_000, async () => {
            const [pending] = (await redis.xpending('parley:meeting', subject.name)) as [number];
            return pending === 0 || undefined;
          });
        });
      } finally {
        redis.disconnect();
        await Promise.all([gates.redis.shut(), gates.postgres.shut()]);
      }
    },
  },
  {
    says: 'ends at once, and not with 0, when it is told a second time',
    check: async (subject) => {
      const { databaseUrl, database, redisUrl } = await subject.around.others();
      const settings = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
      await subject.withProcess(settings, async (process) => {
        const { path, table } = subject.sample.slowRead;
        const { code, signal } = await whileLocked(databaseUrl, table, async () => {
          const held = subject.ask(path, {}, process).catch(() => undefined);
          await eventually('the request does not wait', 5_000, () =>
            waits(subject, database, table),
          );
          process.child.kill('SIGTERM');
          await process
            .answers('/readyz', ({ status }) => status === 503, 500)
            .catch(() => undefined);
          promised(process.running, 'it did not finish what it had in hand');
          const ended = await process.end('SIGTERM', 3_000);
          await held;
          return ended;
        });
        promised(code !== 0 || signal !== null, 'it ended with 0');
      });
    },
  },
]);

interface Load {
  answered(): number;
  /** @returns what failed. */
  stop(): Promise<string[]>;
}

/** Clients that ask as fast as they are answered, until nobody listens any more. */
function startLoad(subject: Subject, process: ServiceProcess): Load {
  const failures: string[] = [];
  let answered = 0;
  let asking = true;
  const agent = newAgent();
  const client = async (): Promise<void> => {
    while (asking) {
      try {
        const { status } = await send(
          process.url,
          subject.sample.read,
          { key: subject.around.keys[0] },
          agent,
        );
        answered++;
        if (status >= 500) failures.push(`status ${status}`);
      } catch (error) {
        // Nobody listens any more: that request was never accepted.
        if ((error as { code?: unknown }).code === 'ECONNREFUSED') return;
        failures.push(error instanceof Error ? error.message : String(error));
        if (failures.length > 20) return;
      }
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  return {
    answered: () => answered,
    stop: async () => {
      asking = false;
      await clients;
      agent.destroy();
      return failures;
    },
  };
}

async function tellOfMeeting(redis: Redis, meetingId: string): Promise<void> {
  const data = {
    title: 'a meeting',
    privacyMode: 'transcript' as const,
    participants: [],
    language: 'en',
    timeZone: 'UTC',
    vocabulary: [],
    startedAt: new Date().toISOString(),
  };
  const event = makeEvent('meeting.started', data, { meetingId });
  await redis.xadd('parley:meeting', '*', 'type', event.type, 'event', JSON.stringify(event));
}

/** On the embedded server nobody can look while a table is held: one connection has it all. */
async function waits(
  { around }: Subject,
  database: Client,
  table: string,
): Promise<boolean | undefined> {
  if (!around.realDatabase) return true;
  const { rows } = await database.query(
    'SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass',
    [table],
  );
  return rows.length > 0 || undefined;
}

/** @returns with which code it will be closed. */
async function opened(socket: WebSocket): Promise<{ closed: Promise<number> }> {
  const closed = new Promise<number>((resolve, reject) => {
    socket.once('close', resolve).once('error', reject);
  });
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
  return { closed };
}
