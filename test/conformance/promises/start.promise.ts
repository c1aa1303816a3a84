import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promised } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { gatesOf } from '../harness/spare';
import type { Subject } from '../harness/subject';
import { pledges } from '../pledge';

/** Promised are 5 s; the rest is for two cores that run six services and this. */
const SERVES_WITHIN_MS = 8_000;
const END_LIMIT_MS = 20_000;
/** Attempts are counted over so long. */
const WATCHED_MS = 8_000;

export const startPledges = pledges(6, [
  {
    says: 'with Postgres and Redis away is live and not ready, and serves within 5 s of their return',
    limitMs: 120_000,
    check: async (subject) => {
      const gates = await gatesOf(subject);
      const process = await subject.start(gates.settings);
      try {
        await process.answers('/livez', ({ status }) => status === 200, 30_000);
        const ready = await subject.ask('/readyz', { key: null }, process);
        promised(ready.status === 503, `/readyz answered ${ready.status}`);
        await gates.postgres.open();
        // One came back, the other did not: still not ready.
        const again = await subject.ask('/readyz', { key: null }, process);
        promised(again.status === 503, `/readyz without Redis answered ${again.status}`);
        await gates.redis.open();
        await process.ready(SERVES_WITHIN_MS);
        const { status } = await subject.ask(subject.sample.read, {}, process);
        promised(status < 500, `then ${subject.sample.read} answered ${status}`);
      } finally {
        await process.stop();
        await Promise.all([gates.redis.shut(), gates.postgres.shut()]);
      }
    },
  },
  {
    says: 'tries a dependency that is away again and again, ever more rarely and never in step',
    waits: true,
    limitMs: 90_000,
    check: async (subject) => {
      const server = await hangUpServer();
      const password = subject.around.keys[1];
      const url = `postgresql://someone:${password}@127.0.0.1:${server.port}/parley`;
      const process = await subject.start({ DATABASE_URL: url });
      try {
        await eventually('it did not try', 60_000, () => server.times.length > 0 || undefined);
        await wait(WATCHED_MS);
        const count = server.times.length;
        promised(process.running, 'it gave up');
        promised(count >= 3, `it tried only ${count} times in ${WATCHED_MS / 1_000} s`);
        promised(count <= 30, `it tried ${count} times in ${WATCHED_MS / 1_000} s`);
        const gaps = server.times.slice(1).map((time, at) => time - (server.times[at] ?? 0));
        const told = gaps.map((gap) => Math.round(gap)).join(', ');
        promised(Math.max(...gaps) > 2 * Math.min(...gaps), `its pauses do not grow: ${told} ms`);
        const inStep = gaps
          .slice(1)
          .every((gap, at) => Math.abs(gap - 2 * (gaps[at] ?? 0)) < gap / 50);
        promised(!inStep, `its pauses have no jitter: ${told} ms`);
        promised(!process.output.includes(password), 'the password is in its output');
      } finally {
        await process.stop();
        await server.stop();
      }
    },
  },
  {
    says: 'ends at once when settings are bad or contradict each other, naming all of them and no value',
    check: async (subject) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-conformance-'));
      try {
        const file = join(folder, 'database-url');
        const other = 'postgresql://somebody:planted-password@127.0.0.1:1/other';
        writeFileSync(file, other);
        const output = await endsAtOnce(subject, {
          DATABASE_URL_FILE: file,
          DATABASE_POOL_SIZE: 'planted-pool',
          MAX_REQUEST_BYTES: '-98765',
          REDIS_URL: 'planted-redis',
        });
        for (const name of [
          'DATABASE_URL',
          'DATABASE_POOL_SIZE',
          'MAX_REQUEST_BYTES',
          'REDIS_URL',
        ]) {
          promised(output.includes(name), `it does not name ${name}: ${output.slice(0, 500)}`);
        }
        const values = ['planted', '98765', subject.around.databaseUrl, ...subject.around.secrets];
        for (const value of values) {
          promised(!output.includes(value), 'it prints a value');
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    says: 'ends at once without a setting that it needs, and names it',
    check: async (subject) => {
      const output = await endsAtOnce(subject, { DATABASE_URL: undefined });
      promised(
        output.includes('DATABASE_URL'),
        `it does not name DATABASE_URL: ${output.slice(0, 500)}`,
      );
      const keyless = await endsAtOnce(subject, { SERVICE_API_KEY: undefined });
      promised(
        keyless.includes('SERVICE_API_KEY'),
        'with auth on and no key it does not name the key',
      );
    },
  },
  {
    says: 'takes the same value from two sources, and a value from a file alone',
    check: async (subject) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-conformance-'));
      try {
        const [database, redis] = [join(folder, 'database'), join(folder, 'redis')];
        writeFileSync(database, `${subject.around.databaseUrl}\n`);
        writeFileSync(redis, `${subject.around.redisUrl}\n`);
        const settings = {
          DATABASE_URL_FILE: database,
          REDIS_URL: undefined,
          REDIS_URL_FILE: redis,
        };
        await subject.withProcess(settings, async (process) => {
          const { status } = await subject.ask('/readyz', { key: null }, process);
          promised(status === 200, `/readyz answered ${status}`);
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
]);

/** @returns everything that it printed. */
async function endsAtOnce(
  subject: Subject,
  settings: Record<string, string | undefined>,
): Promise<string> {
  const process = await subject.start(settings);
  const { code } = await process.endedWithin(END_LIMIT_MS);
  promised(code !== 0 && code !== null, `it ended with ${String(code)}`);
  return process.output;
}

/** Takes connections and cuts them; remembers when they came. */
async function hangUpServer(): Promise<{ port: number; times: number[]; stop(): Promise<void> }> {
  const times: number[] = [];
  const server = createServer((socket) => {
    times.push(performance.now());
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
  return { port: (server.address() as AddressInfo).port, times, stop };
}
