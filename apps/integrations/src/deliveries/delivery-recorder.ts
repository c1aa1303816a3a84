import { Inject, Injectable } from '@nestjs/common';
import { makeEvent } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { audited } from '@parley/service';
import { ProviderMetrics } from '../providers/provider.metrics';
import { DeliveriesRepository, type Claimed } from './deliveries.repository';
import type { Outcome } from './delivery-carrier';
import { DeliveryMetrics } from './delivery.metrics';
import type { DeliveryEntity } from './delivery.entity';
import { toDelivery } from './to-delivery';

/** Writes what came of a claim and, when it is final, tells the others in the same transaction. */
@Injectable()
export class DeliveryRecorder {
  constructor(
    @Inject(DeliveriesRepository) private readonly deliveries: DeliveriesRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(DeliveryMetrics) private readonly metrics: DeliveryMetrics,
    @Inject(ProviderMetrics) private readonly providers: ProviderMetrics,
  ) {}

  async record(claimed: Claimed, outcome: Outcome): Promise<void> {
    const { row } = claimed;
    const change = changeOf(row, outcome);
    const written = await this.work.run(async ({ manager, emit }) => {
      if (outcome.status === 'planned') {
        const { triesLeft, waitMs } = outcome;
        const again = { ...change, triesLeft };
        return this.deliveries.release(manager, claimed, 'postpone', again, waitMs);
      }
      if (!(await this.deliveries.release(manager, claimed, 'settle', change))) return false;
      const { meetingId, workspaceId, traceparent } = row;
      const delivery = toDelivery({ ...row, ...change });
      emit(
        makeEvent(
          `delivery.${outcome.status}`,
          { delivery },
          { meetingId, workspaceId, traceparent },
        ),
      );
      const { actionId, provider, tool } = row;
      const details = { actionId, provider, tool, attempts: change.attempts.length };
      const about = { meetingId, workspaceId };
      emit(audited(`delivery.${outcome.status}`, row.id, details, about));
      return true;
    });
    this.providers.attempted(row.provider, row.attempts.length, outcome.attempts);
    if (written && outcome.status !== 'planned') this.metrics.ended(row.provider, outcome.status);
    const told = { deliveryId: row.id, meetingId: row.meetingId, status: outcome.status };
    if (written) logEvent('delivery.attempted', told);
    else logEvent('delivery.lease-lost', told);
  }
}

type Result = Pick<DeliveryEntity, 'status' | 'reason' | 'attempts' | 'externalId' | 'url'>;

function changeOf(row: DeliveryEntity, outcome: Outcome): Result {
  const attempts = [...row.attempts, ...outcome.attempts];
  if (outcome.status !== 'succeeded') {
    const { status, reason } = outcome;
    return { status, reason, attempts, externalId: null, url: null };
  }
  const { externalId, url } = outcome.receipt;
  return {
    status: 'succeeded',
    reason: null,
    attempts,
    externalId: externalId ?? null,
    url: url ?? null,
  };
}
