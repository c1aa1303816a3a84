import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { RedisOrMemory, SharedRedis } from '@parley/redis';
import { Gauge, Registry } from 'prom-client';
import { IdempotencyInterceptor } from './http/idempotency.interceptor';
import { Idempotency, type WriteProblem } from './idempotency.service';
import { InFlightMarks } from './in-flight-marks';
import { IdempotencyStore } from './store/idempotency.store';
import { MemoryIdempotencyStore } from './store/memory-idempotency.store';
import { RedisIdempotencyStore } from './store/redis-idempotency.store';
import { ResilientIdempotencyStore } from './store/resilient-idempotency.store';

/** `Idempotency-Key` on every write route of a service. Needs `SETTINGS`, `SharedRedis` and the metrics' `Registry`. */
@Global()
@Module({})
export class IdempotencyModule {
  static forService(options: { name: string; writeProblem: WriteProblem }): DynamicModule {
    const { name, writeProblem } = options;
    return {
      module: IdempotencyModule,
      providers: [
        {
          provide: IdempotencyStore,
          useFactory: (shared: SharedRedis, registry: Registry) => storeOf(name, shared, registry),
          inject: [SharedRedis, Registry],
        },
        {
          provide: InFlightMarks,
          useFactory: (store: IdempotencyStore, settings: ServiceSettings) =>
            new InFlightMarks(store, settings.IDEMPOTENCY_TTL_SECONDS * 1_000),
          inject: [IdempotencyStore, SETTINGS],
        },
        {
          provide: Idempotency,
          useFactory: (store: IdempotencyStore, marks: InFlightMarks, settings: ServiceSettings) =>
            new Idempotency(store, marks, {
              ttlMs: settings.IDEMPOTENCY_TTL_SECONDS * 1_000,
              writeProblem,
            }),
          inject: [IdempotencyStore, InFlightMarks, SETTINGS],
        },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [Idempotency],
    };
  }
}

function storeOf(name: string, shared: SharedRedis, registry: Registry): IdempotencyStore {
  const fallback = new Gauge({
    name: `${name}_idempotency_fallback`,
    help: 'Whether idempotency keys are kept by this replica alone because Redis is away: 0 or 1.',
    registers: [registry],
  });
  const own = new MemoryIdempotencyStore();
  if (!shared.connection) return own;
  const where = new RedisOrMemory(shared.connection, {
    what: 'idempotency-keys',
    onFallback: (on) => {
      fallback.set(on ? 1 : 0);
    },
  });
  const redis = new RedisIdempotencyStore(shared.connection, `parley:idempotency:${name}`);
  return new ResilientIdempotencyStore(where, redis, own);
}
