import { closeRedis, createRedis, cutRedis } from '@parley/redis';
import type Redis from 'ioredis';

/** Connections for reads that wait: one a concurrent read, since a waiting connection does nothing else. */
export class ReaderPool {
  private readonly idle: Redis[] = [];
  private readonly busy = new Set<Redis>();

  constructor(private readonly options: { url: string; name: string; blockMs: number }) {}

  /** Runs `work` on a connection of its own; when `signal` fires the connection is cut and null returned. */
  async use<T>(
    signal: AbortSignal | undefined,
    work: (redis: Redis) => Promise<T>,
  ): Promise<T | null> {
    if (signal?.aborted) return null;
    const redis = this.idle.pop() ?? createRedis(this.options.url, this.options);
    this.busy.add(redis);
    const cut = (): void => {
      cutRedis(redis);
    };
    signal?.addEventListener('abort', cut);
    try {
      return await work(redis);
    } catch (error) {
      if (signal?.aborted) return null;
      throw error;
    } finally {
      signal?.removeEventListener('abort', cut);
      // Gone from `busy` when the pool was closed meanwhile.
      if (this.busy.delete(redis) && redis.status === 'ready') this.idle.push(redis);
      else cutRedis(redis);
    }
  }

  async close(): Promise<void> {
    // Reads that wait change nothing: they are cut, not waited for.
    for (const redis of this.busy) cutRedis(redis);
    this.busy.clear();
    await Promise.all(this.idle.splice(0).map((redis) => closeRedis(redis)));
  }
}
