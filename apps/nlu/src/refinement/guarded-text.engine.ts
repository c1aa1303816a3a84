import { isModelFailed, ModelFailedError, TextEngine, type TextRequest } from '@parley/ai';
import { steadyClock } from '@parley/contracts';
import { Breaker, BreakerOpenError } from '@parley/resilience';
import type { z } from 'zod';

const ENDPOINT = { maxFailures: 3, windowMs: 30_000 };

/** A breaker for an endpoint of models; an answer out of shape says nothing about its health. */
export function endpointBreaker(): Breaker {
  const isFailure = (error: unknown): boolean =>
    isModelFailed(error) && error.reason !== 'out-of-shape';
  return new Breaker({ ...ENDPOINT, isFailure, clock: steadyClock });
}

/** A text engine for who cannot wait: it gives up early, and leaves an endpoint alone that keeps failing. */
export class GuardedTextEngine extends TextEngine {
  readonly name: string;

  constructor(
    private readonly engine: TextEngine,
    private readonly breaker: Breaker,
    private readonly timeoutMs: number,
  ) {
    super();
    this.name = engine.name;
  }

  /** @throws ModelFailedError `unreachable` without asking while the breaker is open, `timeout` when time is up. */
  async complete<Schema extends z.ZodType>(request: TextRequest<Schema>): Promise<z.infer<Schema>> {
    try {
      const limit = AbortSignal.timeout(this.timeoutMs);
      return await this.breaker.execute((signal) => this.inTime(request, signal), limit);
    } catch (error) {
      if (!(error instanceof BreakerOpenError)) throw error;
      throw this.failed('unreachable', 'it is left alone for a while', error);
    }
  }

  private async inTime<Schema extends z.ZodType>(
    request: TextRequest<Schema>,
    signal: AbortSignal,
  ): Promise<z.infer<Schema>> {
    try {
      return await this.engine.complete({ ...request, signal });
    } catch (error) {
      if (!signal.aborted || error !== signal.reason) throw error;
      throw this.failed('timeout', `no answer within ${this.timeoutMs} ms`, error);
    }
  }

  private failed(reason: 'unreachable' | 'timeout', detail: string, cause: unknown): Error {
    return new ModelFailedError(this.name, reason, detail, { cause });
  }
}
