import type { IncomingMessage } from 'node:http';
import { FifoMap, ProblemError } from '@parley/contracts';
import { FAILED_AUTH } from '../limits/policies';
import { tooManyRequests, type RateLimiter } from '../limits/rate-limiter';
import { clientAddress, type ProxyTrust } from './client-address';

/** Addresses at once; of more the one that was refused longest ago is let try again. */
const MOST_SPENT = 10_000;

/** Counts refusals for want of a valid key by address, so that keys cannot be tried at leisure. */
export class FailedAuth {
  /** Until when an address has used up what it may try, as this replica was last told. */
  private readonly spentUntilMs = new FifoMap<number>();

  constructor(
    private readonly limiter: Pick<RateLimiter, 'take'>,
    private readonly trust: ProxyTrust | null,
  ) {}

  /** @returns what to answer: the refusal itself, or that there were too many. */
  async counted(error: unknown, request: IncomingMessage): Promise<unknown> {
    const unauthorized = error instanceof ProblemError && error.code === 'unauthorized';
    if (!unauthorized) return error;
    const address = this.addressOf(request);
    try {
      const verdict = await this.limiter.take(FAILED_AUTH, `address:${address}`);
      if (verdict.allowed) return error;
      this.remember(address, verdict.resetSeconds);
      return tooManyRequests(FAILED_AUTH, verdict);
    } catch (failure) {
      return failure;
    }
  }

  /**
   * For what costs more than to refuse a key. Nothing is counted.
   * @throws ProblemError `too-many-requests` for an address that has tried too many.
   */
  assertNotSpent(request: IncomingMessage): void {
    const leftMs = (this.spentUntilMs.get(this.addressOf(request)) ?? 0) - performance.now();
    if (leftMs <= 0) return;
    const resetSeconds = Math.ceil(leftMs / 1_000);
    throw tooManyRequests(FAILED_AUTH, { allowed: false, remaining: 0, resetSeconds });
  }

  private addressOf(request: IncomingMessage): string {
    return clientAddress(request, this.trust);
  }

  private remember(address: string, seconds: number): void {
    this.spentUntilMs.set(address, performance.now() + seconds * 1_000);
    const oldest = this.spentUntilMs.oldest();
    if (oldest && this.spentUntilMs.size > MOST_SPENT) this.spentUntilMs.delete(oldest.key);
  }
}
