import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryStatus } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';
import { ProviderRegistry } from '../providers/provider.registry';
import { DeliveriesRepository } from './deliveries.repository';

/** What became of deliveries, and how many wait. */
@Injectable()
export class DeliveryMetrics {
  private readonly deliveries: Counter<'provider' | 'outcome'>;

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

  /** @param provider as the action names it: one that is not here counts as `other` */
  ended(provider: string, outcome: DeliveryStatus): void {
    const known = this.providers.find(provider)?.id ?? 'other';
    this.deliveries.inc({ provider: known, outcome });
  }
}
