import type Redis from 'ioredis';
import type { StoredAnswer } from '../answer';
import { IdempotencyStore, type Claim, type Completion, type Mark } from './idempotency.store';
import {
  completeScript,
  forgetScript,
  holdScript,
  releaseScript,
} from './redis-idempotency.scripts';

/** A slot holds `mark:<token>:<fingerprint>` while it is worked on, then `done:<fingerprint>:<answer>`. */
const VALUE = /^(mark:[^:]*|done):([^:]*):?/;

/** Keeps keys and answers in Redis, for all replicas of a service together. */
export class RedisIdempotencyStore extends IdempotencyStore {
  /** @param prefix e.g. `parley:idempotency:agent`: a namespace per service. */
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {
    super();
  }

  async claim(slot: string, mark: Mark, lifeMs: number): Promise<Claim> {
    const value = markValue(mark);
    const held = await this.redis.set(this.slotKey(slot), value, 'PX', lifeMs, 'NX', 'GET');
    // Our own mark: the connection broke after the claim, and ioredis sent it again.
    if (held === null || held === value) return { state: 'claimed' };
    return readClaim(held);
  }

  async hold(slot: string, mark: Mark, lifeMs: number): Promise<boolean> {
    const values = [tokenPrefix(mark.token), markValue(mark), lifeMs];
    return (await holdScript.run(this.redis, [this.slotKey(slot)], values)) === 1;
  }

  async complete(slot: string, completion: Completion, ttlMs: number): Promise<boolean> {
    const { token, fingerprint, answer, meetingIds } = completion;
    const keys = [
      this.slotKey(slot),
      ...meetingIds.map((id) => this.listKey(id)),
      ...meetingIds.map((id) => this.forgottenKey(id)),
    ];
    const value = `done:${fingerprint}:${JSON.stringify(answer)}`;
    return (await completeScript.run(this.redis, keys, [tokenPrefix(token), value, ttlMs])) === 1;
  }

  async release(slot: string, token: string): Promise<boolean> {
    const keys = [this.slotKey(slot)];
    return (await releaseScript.run(this.redis, keys, [tokenPrefix(token)])) === 1;
  }

  async forgetMeeting(meetingId: string, ttlMs: number): Promise<number> {
    const keys = [this.listKey(meetingId), this.forgottenKey(meetingId)];
    return Number(await forgetScript.run(this.redis, keys, [ttlMs]));
  }

  private slotKey(slot: string): string {
    return `${this.prefix}:key:${slot}`;
  }

  private listKey(meetingId: string): string {
    return `${this.prefix}:meeting:${meetingId}`;
  }

  private forgottenKey(meetingId: string): string {
    return `${this.prefix}:forgotten:${meetingId}`;
  }
}

function tokenPrefix(token: string): string {
  return `mark:${token}:`;
}

function markValue({ token, fingerprint }: Mark): string {
  return tokenPrefix(token) + fingerprint;
}

function readClaim(held: string): Claim {
  const [head, kind, fingerprint = ''] = VALUE.exec(held) ?? [];
  if (kind !== 'done' || head === undefined) return { state: 'in-flight', fingerprint };
  return {
    state: 'done',
    fingerprint,
    answer: JSON.parse(held.slice(head.length)) as StoredAnswer,
  };
}
