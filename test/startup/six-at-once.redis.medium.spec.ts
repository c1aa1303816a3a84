import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import {
  freePorts,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { Client } from 'pg';

const MINUTE = 60_000;

// Real: the six services in processes of their own, an empty database, Redis.
describe('six services that start at the same moment', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let ports: number[];
  let running: { child: ChildProcess; ended: Promise<unknown>; up: Promise<void> }[] = [];

  beforeAll(async () => {
    [database, redis, ports] = await Promise.all([
      startTestDatabase(),
      startRedisServer(),
      freePorts(SERVICE_NAMES.length),
    ]);
  }, MINUTE);

  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await Promise.all([database.stop(), redis.stop()]);
  }, MINUTE);

  it(
    'migrate an empty database once each, become ready, and end with 0 when they are told to',
    async () => {
      running = SERVICE_NAMES.map((name) => start(name));
      await Promise.all(running.map(({ up }) => up));
      for (const port of ports) {
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
        expect([port, ready.status]).toEqual([port, 200]);
      }
      const client = new Client(database.url);
      await client.connect();
      for (const schema of SERVICE_NAMES) {
        const { rows } = await client.query<{ name: string; times: number }>(
          `SELECT name, count(*)::int AS times FROM ${schema}.migrations GROUP BY name`,
        );
        expect(rows.length).toBeGreaterThan(1);
        expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
      }
      await client.end();
      for (const { child } of running) child.kill('SIGTERM');
      const codes = await Promise.all(running.map(({ ended }) => ended));
      expect(codes).toEqual(SERVICE_NAMES.map(() => 0));
    },
    2 * MINUTE,
  );

  function start(name: string) {
    const child = spawn(process.execPath, [join(PROJECT_ROOT, `dist/apps/${name}/src/main.js`)], {
      env: {
        DATABASE_URL: database.url,
        DATABASE_POOL_SIZE: '2',
        REDIS_URL: redis.url,
        APPROVAL_SIGNING_KEY: 'a-key-for-this-test-only-0123456789',
        ...(process.env.MODELS_DIR === undefined ? {} : { MODELS_DIR: process.env.MODELS_DIR }),
        ...Object.fromEntries(
          SERVICE_NAMES.map((each, at) => [`${each.toUpperCase()}_PORT`, String(ports[at])]),
        ),
      },
    });
    let output = '';
    const ended = once(child, 'close').then(([code, signal]: unknown[]) => code ?? signal);
    const up = new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
        if (output.includes(`"${name} is up"`)) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void ended.then(() => {
        reject(new Error(`${name} ended:\n${output}`));
      });
    });
    up.catch(() => undefined);
    return { child, ended, up };
  }
});
