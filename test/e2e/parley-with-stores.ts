import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { tracesOf } from '../harness/traces';
import { startParley, type RunningParley } from './running-parley';

/** Letters only, unlike anything else: a word that may be said, and that is found wherever it goes. */
export const CANARY = `heron${[...Date.now().toString(26)].map((digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('')}`;

/** The built system on a Redis, a database and a folder that nobody else uses, and that can be searched. */
export class ParleyWithStores {
  private constructor(
    readonly parley: RunningParley,
    readonly database: TestDatabase,
    readonly redis: TestRedis,
    private readonly folder: string,
  ) {}

  /** Where the system keeps its files. */
  get dataDir(): string {
    return dataDirIn(this.folder);
  }

  static async start(): Promise<ParleyWithStores> {
    const [database, redis] = await Promise.all([startTestDatabase(), startRedisServer()]);
    const folder = mkdtempSync(join(tmpdir(), 'parley-stores-'));
    const parley = await startParley({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      REDIS_URL: redis.url,
      DATA_DIR: dataDirIn(folder),
    });
    return new ParleyWithStores(parley, database, redis, folder);
  }

  /** Every place in which one of these words stands. */
  traces(...words: string[]): Promise<string[]> {
    const { database, redis, dataDir } = this;
    return tracesOf(words, { databaseUrl: database.url, redisUrl: redis.url, folder: dataDir });
  }

  async stop(): Promise<void> {
    await this.parley.stop();
    await Promise.all([this.database.stop(), this.redis.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function dataDirIn(folder: string): string {
  return join(folder, 'data');
}
