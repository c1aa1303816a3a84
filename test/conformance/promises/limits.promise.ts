import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { BrokenPromiseError, promised } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import type { Answer, Ask } from '../../harness/http';
import { problemCode } from '../harness/problem';
import { closesSlowly, SLOW_WAYS, type SlowWay } from '../harness/slow-client';
import { spareOf } from '../harness/spare';
import type { Subject } from '../harness/subject';
import { whileLocked } from '../harness/table-lock';
import { NO_JSON, pledges } from '../pledge';

const MEBIBYTE = 1_048_576;
const FLAT_BYTES = 100 * MEBIBYTE;
/** An answer to a time limit of 1 s may take this long on a busy machine. */
const IN_TIME_MS = 4_000;

export const limitPledges = pledges(7, [
  {
    says: 'takes a body of 1 MiB and answers one byte more with 413, declared, chunked or compressed',
    except: NO_JSON,
    check: async (subject) => {
      const { path } = subject.sample.jsonRoute;
      const fits = await send(subject, path, { body: padded(MEBIBYTE) });
      promised(fits.status !== 413, 'exactly 1 MiB was refused');
      const ways: [string, Ask][] = [
        ['declared', { body: padded(MEBIBYTE + 1) }],
        ['chunked', { body: padded(MEBIBYTE + 1), headers: { 'transfer-encoding': 'chunked' } }],
        [
          'compressed',
          { body: gzipSync(padded(MEBIBYTE + 1)), headers: { 'content-encoding': 'gzip' } },
        ],
      ];
      for (const [way, ask] of ways) {
        const answer = await send(subject, path, ask);
        promised(answer.status === 413, `${way}: answered ${answer.status}`);
        promised(problemCode(answer) === 'payload-too-large', `${way}: another problem`);
      }
    },
  },
  {
    says: 'stays flat in memory while it refuses huge bodies',
    except: NO_JSON,
    impossible: () => (process.platform === 'linux' ? '' : 'memory is read from /proc'),
    check: async (subject) => {
      const { path } = subject.sample.jsonRoute;
      // Once to warm up, so that only what the bodies cost is counted.
      await send(subject, path, { body: padded(2 * MEBIBYTE) });
      const before = residentBytes(subject);
      const bomb = gzipSync(padded(64 * MEBIBYTE));
      const chunked = padded(16 * MEBIBYTE);
      for (let round = 0; round < 2; round++) {
        await Promise.all(
          Array.from({ length: 10 }, async (_, at) => {
            const ask =
              at % 2 === 0
                ? { body: bomb, headers: { 'content-encoding': 'gzip' } }
                : { body: chunked, headers: { 'transfer-encoding': 'chunked' } };
            // A server that cuts the connection while it is still being sent to is right, too.
            const answer = await send(subject, path, ask).catch(() => undefined);
            promised(!answer || answer.status === 413, `answered ${String(answer?.status)}`);
          }),
        );
      }
      const grown = residentBytes(subject) - before;
      promised(grown < FLAT_BYTES, `its memory grew by ${Math.round(grown / MEBIBYTE)} MiB`);
    },
  },
  {
    says: 'answers 504 when the handler is over its time, and gives its query up',
    check: async (subject) => {
      const { process, database } = await spareOf(subject);
      const { databaseUrl } = await subject.around.others();
      const { path, table } = subject.sample.slowRead;
      const waits = async (): Promise<boolean> => {
        const { rows } = await database.query(
          `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
           WHERE NOT granted AND relation = $1::regclass AND query LIKE 'SELECT%'`,
          [table],
        );
        return rows.length > 0;
      };
      const givenUp = () =>
        whileLocked(databaseUrl, table, async () => {
          const startedAt = performance.now();
          const answer = await subject.ask(path, {}, process);
          const ms = Math.round(performance.now() - startedAt);
          promised(answer.status === 504, `it answered ${answer.status} after ${ms} ms`);
          promised(problemCode(answer) === 'deadline-exceeded', 'it is another problem');
          promised(ms < IN_TIME_MS, `it took ${ms} ms with a limit of 1 s`);
          if (!subject.around.realDatabase) return true;
          const isGone = eventually('', 5_000, async () => !(await waits()) || undefined);
          return isGone.catch((error: unknown) => {
            if (error instanceof BrokenPromiseError) return false;
            throw error;
          });
        });
      // A sweep of the service's own, once a minute, may have read the table at that very moment, and waits as long as
      // it likes. It does not a second time.
      promised((await givenUp()) || (await givenUp()), 'the query still waits in Postgres');
      const { status } = await subject.ask(path, {}, process);
      promised(status !== 504 && status < 500, `afterwards it answers ${status}`);
    },
  },
  {
    says: 'does nothing more for a write that was answered 504',
    except: {
      asr: 'its writes are uploads, which have minutes of their own',
      nlu: 'its one write changes nothing',
      rag: 'its writes are uploads, which have minutes of their own',
    },
    check: async (subject) => {
      const { process, database } = await spareOf(subject);
      const { databaseUrl } = await subject.around.others();
      const write = await subject.newWrite(database);
      await whileLocked(databaseUrl, subject.sample.slowRead.table, async () => {
        const { status } = await subject.write(write, {}, process);
        promised(status === 504, `it answered ${status}`);
      });
      // What had been begun has now had its chance: the next write went through.
      await subject.write(await subject.newWrite(database), {}, process);
      const effects = await write.effects?.();
      promised(effects === 0, `it took effect ${String(effects)} times`);
    },
  },
  ...SLOW_WAYS.map((way: SlowWay) => ({
    says: `closes a client that is slow at ${way} and serves the others meanwhile`,
    waits: true,
    limitMs: 120_000,
    ...(way === 'sending a body' ? { except: NO_JSON } : {}),
    check: (subject: Subject) => closesSlowly(subject, way),
  })),
]);

function send(subject: Subject, path: string, ask: Ask): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...ask.headers };
  return subject.ask(path, { method: 'POST', ...ask, headers });
}

/** Valid JSON of exactly so many bytes. */
function padded(bytes: number): string {
  const frame = '{"padding":""}';
  return `{"padding":"${'x'.repeat(bytes - frame.length)}"}`;
}

function residentBytes(subject: Subject): number {
  const status = readFileSync(`/proc/${String(subject.main.child.pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
