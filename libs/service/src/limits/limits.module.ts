import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { getOptionsToken, ThrottlerStorage, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { RedisOrMemory, SharedRedis } from '@parley/redis';
import { Gauge, Registry } from 'prom-client';
import { RATE_LIMIT_WINDOW_MS } from './policies';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimiter } from './rate-limiter';
import { MemoryRateLimitStorage } from './storage/memory-rate-limit.storage';
import { RedisRateLimitStorage } from './storage/redis-rate-limit.storage';
import { ResilientRateLimitStorage } from './storage/resilient-rate-limit.storage';

/** Rate limits of a service: the guard over all routes, `RateLimiter` for the rest, counted in Redis if there is one. */
@Global()
@Module({})
export class LimitsModule {
  static forService(name: string): DynamicModule {
    return {
      module: LimitsModule,
      providers: [
        // The guard decides by itself; its parent wants to be told something.
        {
          provide: getOptionsToken(),
          useValue: {
            throttlers: [{ name: 'default', limit: 0, ttl: RATE_LIMIT_WINDOW_MS }],
          } satisfies ThrottlerModuleOptions,
        },
        {
          provide: ThrottlerStorage,
          useFactory: (shared: SharedRedis, registry: Registry) =>
            storageOf(name, shared, registry),
          inject: [SharedRedis, Registry],
        },
        RateLimiter,
        { provide: APP_GUARD, useClass: RateLimitGuard },
      ],
      exports: [RateLimiter],
    };
  }
}

function storageOf(name: string, shared: SharedRedis, registry: Registry): ThrottlerStorage {
  const fallback = new Gauge({
    name: `${name}_rate_limit_fallback`,
    help: 'Whether requests are counted by this replica alone because Redis is away: 0 or 1.',
    registers: [registry],
  });
  const own = new MemoryRateLimitStorage();
  if (!shared.connection) return own;
  const where = new RedisOrMemory(shared.connection, {
    what: 'rate-limits',
    onFallback: (on) => {
      fallback.set(on ? 1 : 0);
    },
  });
  const redis = new RedisRateLimitStorage(shared.connection, `parley:limit:${name}`);
  return new ResilientRateLimitStorage(where, redis, own);
}
