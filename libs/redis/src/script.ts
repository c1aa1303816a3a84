import { createHash } from 'node:crypto';
import type Redis from 'ioredis';

/** A Lua script: what must be atomic in Redis is one of these. Sent once, then named by its hash. */
export class Script {
  private readonly sha: string;

  constructor(private readonly lua: string) {
    this.sha = createHash('sha1').update(lua).digest('hex');
  }

  async run(
    redis: Redis,
    keys: readonly string[],
    values: readonly (string | number | Buffer)[],
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.sha, keys.length, ...keys, ...values);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('NOSCRIPT')) throw error;
      return await redis.eval(this.lua, keys.length, ...keys, ...values);
    }
  }
}
