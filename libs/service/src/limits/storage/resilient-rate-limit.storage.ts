import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RedisOrMemory } from '@parley/redis';
import type { HitRecord } from './sliding-window';

/** Counts in Redis, and by this replica alone while Redis is away: a limit never refuses for want of Redis. */
export class ResilientRateLimitStorage implements ThrottlerStorage {
  constructor(
    private readonly where: RedisOrMemory,
    private readonly shared: ThrottlerStorage,
    private readonly own: ThrottlerStorage,
  ) {}

  increment(
    key: string,
    ttl: number,
    limit: number,
    blockDuration: number,
    name: string,
  ): Promise<HitRecord> {
    return this.where.run(
      () => this.shared.increment(key, ttl, limit, blockDuration, name),
      () => this.own.increment(key, ttl, limit, blockDuration, name),
    );
  }
}
