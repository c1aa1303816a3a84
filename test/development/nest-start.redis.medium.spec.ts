import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import {
  freePorts,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';

const MINUTE = 60_000;

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
      const up = new Promise<void>((resolve) => {
        const keep = (chunk: Buffer): void => {
          output += chunk.toString('utf8');
          if (output.includes(`"${name} is up"`)) resolve();
        };
        child.stdout.on('data', keep);
        child.stderr.on('data', keep);
      });
      const exited = once(child, 'exit');
      try {
        await Promise.race([
          up,
          exited.then(() => {
            throw new Error(`nest start ${name} ended:\n${output}`);
          }),
        ]);
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
