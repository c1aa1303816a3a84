import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import {
  freePorts,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';

const MINUTE = 60_000;
const UP_WITHIN_MS = 1.5 * MINUTE;

// Real: the Nest command line, its compiler, a Redis server, a database. One service, as a developer runs it.
describe('nest start <service> --watch', () => {
  let database: TestDatabase;
  let redis: TestRedis;

  beforeAll(async () => {
    database = await startTestDatabase();
    redis = await startRedisServer();
  }, MINUTE);

  afterAll(async () => {
    await redis.stop();
    await database.stop();
  }, MINUTE);

  it.each(SERVICE_NAMES)(
    'brings %s up on the database and Redis that the URLs name',
    async (name: ServiceName) => {
      const [port] = await freePorts(1);
      const child = spawn('npx', ['nest', 'start', name, '--watch', '--preserveWatchOutput'], {
        cwd: PROJECT_ROOT,
        // A group of its own: the compiler and the service end together.
        detached: true,
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          DATABASE_URL: database.url,
          DATABASE_POOL_SIZE: '2',
          REDIS_URL: redis.url,
          APPROVAL_SIGNING_KEY: 'a-key-for-this-test-only-0123456789',
          [`${name.toUpperCase()}_PORT`]: String(port),
        },
      });
      let output = '';
      const up = new Promise<void>((resolve, reject) => {
        const fail = (what: string): void => {
          reject(new Error(`nest start ${name} ${what}:\n${stripVTControlCharacters(output)}`));
        };
        const keep = (chunk: Buffer): void => {
          output += chunk.toString('utf8');
          if (output.includes(`"${name} is up"`)) resolve();
          // It would go on watching, for ever.
          if (/Found [1-9]\d* error/.test(output)) fail('did not compile');
        };
        child.stdout.on('data', keep);
        child.stderr.on('data', keep);
        child.once('exit', () => {
          fail('ended');
        });
        const late = setTimeout(() => {
          fail('is not up in time');
        }, UP_WITHIN_MS);
        child.once('exit', () => {
          clearTimeout(late);
        });
      });
      const exited = once(child, 'exit');
      try {
        await up;
        const health = await fetch(`http://127.0.0.1:${String(port)}/health`);
        expect(await health.json()).toMatchObject({ status: 'healthy' });
      } finally {
        if (child.pid) process.kill(-child.pid, 'SIGTERM');
        await exited;
      }
    },
    2 * MINUTE,
  );
});
