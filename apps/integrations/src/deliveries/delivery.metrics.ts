import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryAttempt, DeliveryStatus } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter, Histogram } from 'prom-client';
import { ProviderRegistry } from '../providers/provider.registry';
import { DeliveriesRepository } from './deliveries.repository';

/** Past the whole budget of a call. */
const CALL_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 30];

/** How the providers fare. By convention the label `service` of the `provider_*` metrics is the provider. */
@Injectable()
export class DeliveryMetrics {
  private readonly deliveries: Counter<'provider' | 'outcome'>;
  private readonly retries: Counter<'service'>;
  private readonly latency: Histogram<'service'>;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(DeliveriesRepository) repository: DeliveriesRepository,
  ) {
    this.deliveries = metrics.counter(
      'deliveries_total',
      'Deliveries that came to an end: succeeded, failed or uncertain.',
      ['provider', 'outcome'],
    );
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
    this.latency = metrics.histogram(
      'provider_latency_seconds',
      'Time one call to a provider took, failed or not.',
      ['service'],
      CALL_SECONDS,
    );
    for (const { id: service } of providers.all) {
      this.retries.inc({ service }, 0);
      opened.inc({ service }, 0);
      this.latency.zero({ service });
    }
    const helps = {
      deliveries_waiting: 'Deliveries planned or being sent, of all replicas.',
      delivery_oldest_due_age_seconds: 'How long the most overdue delivery has been due.',
    };
    metrics.sampled(helps, [], async () => {
      const { waiting, overdueSeconds } = await repository.backlog();
      return (gauges) => {
        gauges.deliveries_waiting.set(waiting);
        gauges.delivery_oldest_due_age_seconds.set(overdueSeconds);
      };
    });
  }

  /** @param before attempts that the delivery had already */
  attempted(provider: string, before: number, attempts: readonly DeliveryAttempt[]): void {
    for (const { ms } of attempts) this.latency.observe({ service: provider }, ms / 1_000);
    const retries = attempts.length - (before === 0 ? 1 : 0);
    if (retries > 0) this.retries.inc({ service: provider }, retries);
  }

  /** @param provider as the action names it: one that is not here counts as `other` */
  ended(provider: string, outcome: DeliveryStatus): void {
    const known = this.providers.find(provider)?.id ?? 'other';
    this.deliveries.inc({ provider: known, outcome });
  }
}
