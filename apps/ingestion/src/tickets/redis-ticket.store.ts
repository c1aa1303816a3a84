import { ProblemError } from '@parley/contracts';
import { closeRedis } from '@parley/redis';
import type { TicketGrant } from '@parley/service';
import type Redis from 'ioredis';
import type { TicketStore } from './ticket.store';

/** Tickets that any replica may be shown. */
export class RedisTicketStore<Grant extends object = TicketGrant> implements TicketStore<Grant> {
  constructor(
    private readonly redis: Redis,
    private readonly prefix = 'parley:ticket',
  ) {}

  async put(hash: string, grant: Grant, lifeMs: number): Promise<void> {
    await this.ask(this.redis.set(this.key(hash), JSON.stringify(grant), 'PX', lifeMs));
  }

  async take(hash: string): Promise<Grant | null> {
    const text = await this.ask(this.redis.getdel(this.key(hash)));
    return text === null ? null : (JSON.parse(text) as Grant);
  }

  close(): Promise<void> {
    return closeRedis(this.redis);
  }

  private key(hash: string): string {
    return `${this.prefix}:${hash}`;
  }

  private async ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw new ProblemError('unavailable', 'Tickets cannot be kept now.', { cause: error });
    }
  }
}
