// The real servers of a test run, as one thing to start and to stop.
import { prepareServersRoot } from './debian-root.mjs';
import { startPostgres } from './postgres.mjs';
import { redisProgram, startRedis } from './redis.mjs';

/**
 * Starts PostgreSQL 17 with pgvector and Redis 8 on free loopback ports, with nothing in them.
 * @param {(line: string) => void} [report] receives progress lines
 * @returns {Promise<{ databaseUrl: string, redisUrl: string, env: Record<string, string>, stop(): Promise<void> }>}
 *   `env` is what the tests read: TEST_DATABASE_URL, TEST_REDIS_URL and TEST_REDIS_SERVER, the program
 *   for those tests that start and kill a Redis of their own, TEST_POSTGRES_ROOT, where PostgreSQL's client programs are
 * @throws {RealServersUnavailableError} when this machine cannot run them
 */
export async function startRealServers(report = () => undefined) {
  const root = prepareServersRoot(report);
  const program = redisProgram(root);
  const started = [];
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
    program.remove();
  };
  try {
    const postgres = await startPostgres(root);
    started.push(postgres);
    const redis = await startRedis(program.path);
    started.push(redis);
    const env = {
      TEST_DATABASE_URL: postgres.url,
      TEST_REDIS_URL: redis.url,
      TEST_REDIS_SERVER: program.path,
      TEST_POSTGRES_ROOT: root,
    };
    return { databaseUrl: postgres.url, redisUrl: redis.url, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
