import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import {
  BreakerOpenError,
  Breakers,
  BulkheadFullError,
  Bulkheads,
  compose,
  RetryBudgets,
  TimedOutError,
  Timeout,
  type BreakerState,
  type Call,
  type Policy,
  type RetryBudget,
} from '@parley/resilience';
import type { IntegrationsSettings } from '../integrations.settings';
import { callLimits, type CallLimits } from './call-limits';
import type { Provider } from './provider';
import { ProviderFailure, toFailure } from './provider-failure';

/** Of one workspace, people and assistants waiting for each. */
const ASKED_AT_A_TIME = 8;

/** Why nothing was called, where a person reads it. */
export const LEFT_ALONE = 'provider failed too often a moment ago and is left alone';

/** What came of asking; without a failure nothing was called, because the provider is left alone. */
export type Asked<T> =
  | { ok: true; value: T }
  | { ok: false; failure: ProviderFailure }
  | { ok: false; failure: null; leftAloneForMs: number };

/** How a call to a provider is guarded, whoever makes it. */
@Injectable()
export class ProviderCalls {
  private readonly places = new Bulkheads({ places: ASKED_AT_A_TIME });

  constructor(
    @Inject(Breakers) private readonly breakers: Breakers,
    @Inject(RetryBudgets) private readonly budgets: RetryBudgets,
    @Inject(SETTINGS) private readonly settings: IntegrationsSettings,
  ) {}

  limits(providerId: string): CallLimits {
    return callLimits(providerId, this.settings);
  }

  /** What bounds the retries of this provider and workspace. */
  retries(provider: Guarded, workspaceId: string, connectionId: string): RetryBudget {
    return this.budgets.of(provider.id, workspaceId, partOf(provider, connectionId));
  }

  /** One attempt: not while the breaker of this provider and workspace is open, and within its time. */
  attempt(provider: Guarded, workspaceId: string, connectionId: string): Policy {
    const { id } = provider;
    const { timeoutMs: limitMs } = this.limits(id);
    const breaker = this.breakers.of(id, workspaceId, partOf(provider, connectionId));
    return compose(breaker, new Timeout({ limitMs }));
  }

  /**
   * One attempt that somebody waits for, and that nobody makes again.
   * @throws ProblemError `at-capacity` when many of the workspace wait already
   */
  async once<T>(
    provider: Guarded,
    workspaceId: string,
    connectionId: string,
    call: Call<T>,
  ): Promise<Asked<T>> {
    const places = this.places.of(workspaceId);
    const policy = compose(places, this.attempt(provider, workspaceId, connectionId));
    try {
      return { ok: true, value: await policy.execute(call, new AbortController().signal) };
    } catch (error) {
      if (error instanceof BulkheadFullError) {
        throw new ProblemError('at-capacity', 'Many are asking already: try again.');
      }
      if (error instanceof BreakerOpenError) {
        return { ok: false, failure: null, leftAloneForMs: error.retryAfterMs };
      }
      return { ok: false, failure: toFailure(error) };
    }
  }

  /**
   * How long a call would be refused without being made; 0 when it may be tried. What it takes to ask is a look at
   * memory: an open breaker spares the database as well. Unit: milliseconds.
   */
  refusedForMs(provider: Guarded, workspaceId: string, connectionId: string): number {
    return this.breakers.waitMs(provider.id, workspaceId, partOf(provider, connectionId));
  }

  /** Whether what a connection leads to is left alone just now, as this replica knows it. */
  stateOf(provider: Guarded, workspaceId: string, connectionId: string): BreakerState {
    return this.breakers.stateOf(provider.id, workspaceId, partOf(provider, connectionId));
  }
}

type Guarded = Pick<Provider, 'id' | 'serverPerConnection'>;

function partOf({ serverPerConnection }: Guarded, connectionId: string): string {
  return serverPerConnection ? connectionId : '';
}

/** Whether an error says that a provider is unwell: one that refuses, or asks to wait, is not. */
export function isUnwell(error: unknown): boolean {
  if (error instanceof TimedOutError) return true;
  if (!(error instanceof ProviderFailure)) return false;
  const { retryable, status = 0 } = error;
  return retryable && !(status >= 400 && status < 500);
}
