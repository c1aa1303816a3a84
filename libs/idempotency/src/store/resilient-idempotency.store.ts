import { ProblemError } from '@parley/contracts';
import type { RedisOrMemory } from '@parley/redis';
import { IdempotencyStore, type Claim, type Completion, type Mark } from './idempotency.store';
import type { MemoryIdempotencyStore } from './memory-idempotency.store';

/**
 * Keeps keys in Redis, and in this replica while Redis is away.
 *
 * The marks of requests that run here are always known here too: losing Redis in the middle of one does not let a
 * second through. Answers are kept here only when Redis did not take them. What is known here counts first, so that
 * a key used during an outage stays used after it.
 */
export class ResilientIdempotencyStore extends IdempotencyStore {
  constructor(
    private readonly where: RedisOrMemory,
    private readonly shared: IdempotencyStore,
    private readonly own: MemoryIdempotencyStore,
  ) {
    super();
  }

  async claim(slot: string, mark: Mark, lifeMs: number): Promise<Claim> {
    if (this.own.knows(slot)) return this.own.claim(slot, mark, lifeMs);
    const claim = await this.where.run(
      () => this.shared.claim(slot, mark, lifeMs),
      () => this.own.claim(slot, mark, lifeMs),
    );
    if (claim.state === 'claimed') await this.own.hold(slot, mark, lifeMs);
    return claim;
  }

  async hold(slot: string, mark: Mark, lifeMs: number): Promise<boolean> {
    // Sent at once, so that it cannot overtake what frees the key.
    const held = this.where.run(
      () => this.shared.hold(slot, mark, lifeMs),
      () => true,
    );
    await this.own.hold(slot, mark, lifeMs);
    return held;
  }

  async complete(slot: string, completion: Completion, ttlMs: number): Promise<boolean> {
    const stored = await this.where.run(
      () => this.shared.complete(slot, completion, ttlMs),
      () => null,
    );
    if (stored === null) return this.own.complete(slot, completion, ttlMs);
    await this.own.release(slot, completion.token);
    return stored;
  }

  async release(slot: string, token: string): Promise<boolean> {
    const here = await this.own.release(slot, token);
    return this.where.run(
      () => this.shared.release(slot, token),
      () => here,
    );
  }

  /** @throws ProblemError `unavailable` while Redis is away: its answers could not be erased; ask again. */
  async forgetMeeting(meetingId: string, ttlMs: number): Promise<number> {
    const here = await this.own.forgetMeeting(meetingId, ttlMs);
    const there = await this.where.run(
      () => this.shared.forgetMeeting(meetingId, ttlMs),
      () => null,
    );
    if (there === null) {
      throw new ProblemError('unavailable', 'Stored answers cannot be erased while Redis is away.');
    }
    return here + there;
  }
}
