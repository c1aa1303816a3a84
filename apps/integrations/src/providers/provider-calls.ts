import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { Breakers, compose, TimedOutError, Timeout, type Policy } from '@parley/resilience';
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
  attempt({ id }: Pick<Provider, 'id'>, workspaceId: string): Policy {
    const limitMs = timeoutSeconds(id, this.settings) * 1_000;
    return compose(this.breakers.of(id, workspaceId), new Timeout({ limitMs }));
  }
}

/** Whether an error says that a provider is unwell: one that refuses, or asks to wait, is not. */
export function isUnwell(error: unknown): boolean {
  if (error instanceof TimedOutError) return true;
  if (!(error instanceof ProviderFailure)) return false;
  const { retryable, status = 0 } = error;
  return retryable && !(status >= 400 && status < 500);
}
