import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { requestContext } from '@parley/observability';
import type Redis from 'ioredis';
import { closeRedis } from './close-redis';
import { createRedis } from './create-redis';

/** Who counts requests must not keep a request waiting: after this, memory serves instead. */
const COMMAND_TIMEOUT_MS = 500;

/**
 * The one connection of a service for short commands that many features share (limits, idempotency).
 * `connection` is null without REDIS_URL; nobody waits for it at the start, and it closes with the service.
 */
@Injectable()
export class SharedRedis implements OnApplicationShutdown {
  readonly connection: Redis | null;

  constructor(@Inject(SETTINGS) settings: Pick<ServiceSettings, 'REDIS_URL'>) {
    const { service } = requestContext();
    this.connection = settings.REDIS_URL
      ? createRedis(settings.REDIS_URL, {
          name: `parley:${service}:shared`,
          commandTimeoutMs: COMMAND_TIMEOUT_MS,
        })
      : null;
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.connection) await closeRedis(this.connection);
  }
}
