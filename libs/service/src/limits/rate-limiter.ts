import { Inject, Injectable } from '@nestjs/common';
import { ThrottlerStorage } from '@nestjs/throttler';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { RATE_LIMIT_WINDOW_MS, type RateLimitPolicy } from './policies';
import type { HitRecord } from './storage/sliding-window';

/** What came of one hit. */
export interface RateLimitVerdict {
  allowed: boolean;
  /** Hits that are left in this window. */
  remaining: number;
  /** Whole seconds until the window ends; of a refusal, until the next hit would be counted. */
  resetSeconds: number;
}

const UNLIMITED: RateLimitVerdict = {
  allowed: true,
  remaining: Number.MAX_SAFE_INTEGER,
  resetSeconds: 0,
};

/** Counts what callers do, for whoever is not a route: sockets, failed authentication. */
@Injectable()
export class RateLimiter {
  /** False with RATE_LIMIT_PER_MINUTE=0: nobody is limited at all. */
  readonly enabled: boolean;

  constructor(
    @Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage,
    @Inject(SETTINGS) settings: Pick<ServiceSettings, 'RATE_LIMIT_PER_MINUTE'>,
  ) {
    this.enabled = settings.RATE_LIMIT_PER_MINUTE > 0;
  }

  /** Counts one hit of `callerId` under `policy`, unless it is one too many. */
  async take(policy: RateLimitPolicy, callerId: string): Promise<RateLimitVerdict> {
    if (!this.enabled) return UNLIMITED;
    return verdictOf(policy, await this.hit(policy, callerId));
  }

  /** @throws ProblemError `too-many-requests` when the hit is one too many. */
  async require(policy: RateLimitPolicy, callerId: string): Promise<void> {
    const verdict = await this.take(policy, callerId);
    if (!verdict.allowed) throw tooManyRequests(policy, verdict);
  }

  /** The storage's own record. */
  hit({ name, perMinute }: RateLimitPolicy, callerId: string): Promise<HitRecord> {
    const key = `${name}:${callerId}`;
    return this.storage.increment(key, RATE_LIMIT_WINDOW_MS, perMinute, 0, name);
  }
}

/** Reads a storage's record. */
export function verdictOf(policy: RateLimitPolicy, record: HitRecord): RateLimitVerdict {
  return {
    allowed: !record.isBlocked,
    remaining: record.isBlocked ? 0 : Math.max(0, policy.perMinute - record.totalHits),
    resetSeconds: record.isBlocked ? record.timeToBlockExpire : record.timeToExpire,
  };
}

/** The refusal, with the seconds to wait. */
export function tooManyRequests(policy: RateLimitPolicy, verdict: RateLimitVerdict): ProblemError {
  return new ProblemError(
    'too-many-requests',
    `More than ${policy.perMinute} a minute (${policy.name}); try again in ${verdict.resetSeconds} s.`,
    { retryAfterSeconds: verdict.resetSeconds },
  );
}
