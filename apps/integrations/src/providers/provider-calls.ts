import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import {
  Breakers,
  compose,
  TimedOutError,
  Timeout,
  type BreakerState,
  type Policy,
} from '@parley/resilience';
import type { IntegrationsSettings } from '../integrations.settings';
import type { Provider } from './provider';
import { ProviderFailure } from './provider-failure';
import { timeoutSeconds } from './timeout-seconds';

/** How a call to a provider is guarded, whoever makes it. */
@Injectable()
export class ProviderCalls {
  constructor(
    @Inject(Breakers) private readonly breakers: Breakers,
    @Inject(SETTINGS) private readonly settings: IntegrationsSettings,
  ) {}

  /** One attempt: not while the breaker of this provider and workspace is open, and within its time. */
  attempt(provider: Guarded, workspaceId: string, connectionId: string): Policy {
    const { id } = provider;
    const limitMs = timeoutSeconds(id, this.settings) * 1_000;
    const breaker = this.breakers.of(id, workspaceId, partOf(provider, connectionId));
    return compose(breaker, new Timeout({ limitMs }));
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
