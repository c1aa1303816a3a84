import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';
import { ERASURE_REASONS, type ErasureReason } from './erasure.views';
import { ErasuresRepository } from './erasures.repository';

/** How many meetings were erased, why, and how many of these are not gone everywhere yet. */
@Injectable()
export class ErasureMetrics {
  private readonly erasures: Counter<'reason'>;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(ErasuresRepository) repository: ErasuresRepository,
  ) {
    this.erasures = metrics.counter('erasures_total', 'Meetings erased, by reason.', ['reason']);
    for (const reason of ERASURE_REASONS) this.erasures.inc({ reason }, 0);
    const helps = { erasures_pending: 'Erasures that not every service has answered for yet.' };
    metrics.sampled(helps, [], async () => {
      const pending = await repository.countPending();
      return (gauges) => {
        gauges.erasures_pending.set(pending);
      };
    });
  }

  begun(reason: ErasureReason): void {
    this.erasures.inc({ reason });
  }
}
