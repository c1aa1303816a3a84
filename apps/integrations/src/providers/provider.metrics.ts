import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryAttempt } from '@parley/contracts';
import { logEvent, Metrics } from '@parley/observability';
import { Breakers, RetryBudgets } from '@parley/resilience';
import type { Counter, Histogram } from 'prom-client';
import { ProviderRegistry } from './provider.registry';

/** Past the whole budget of a call. */
const CALL_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 30];

/** How the providers fare. By convention the label `service` of these is the provider. */
@Injectable()
export class ProviderMetrics {
  private readonly retries: Counter<'service'>;
  private readonly latency: Histogram<'service'>;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(ProviderRegistry) providers: ProviderRegistry,
    @Inject(Breakers) breakers: Breakers,
    @Inject(RetryBudgets) budgets: RetryBudgets,
  ) {
    this.retries = metrics.counter(
      'provider_retries_total',
      'Calls to a provider beyond the first of their delivery.',
      ['service'],
    );
    const opened = metrics.counter(
      'provider_cb_open_total',
      'Times the circuit breaker of a provider opened.',
      ['service'],
    );
    const putOff = metrics.counter(
      'provider_retries_put_off_total',
      'Retries that wait longer because those of their provider and workspace are spent.',
      ['service'],
    );
    this.latency = metrics.histogram(
      'provider_latency_seconds',
      'Time one call to a provider took, failed or not.',
      ['service'],
      CALL_SECONDS,
    );
    for (const { id: service } of providers.all) {
      this.retries.inc({ service }, 0);
      opened.inc({ service }, 0);
      putOff.inc({ service }, 0);
      this.latency.zero({ service });
    }
    breakers.on('opened', (service) => {
      opened.inc({ service });
    });
    budgets.on('put-off', (service) => {
      putOff.inc({ service });
    });
    budgets.on('spent', (provider) => {
      logEvent('provider.retries-spent', { provider });
    });
  }

  /** @param before attempts that the delivery had already */
  attempted(service: string, before: number, attempts: readonly DeliveryAttempt[]): void {
    for (const { ms } of attempts) this.latency.observe({ service }, ms / 1_000);
    const retries = attempts.length - (before === 0 ? 1 : 0);
    if (retries > 0) this.retries.inc({ service }, retries);
  }
}
