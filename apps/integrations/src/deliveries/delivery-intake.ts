import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { makeEvent, newId, verifyApproval, type Envelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import type { IntegrationsSettings } from '../integrations.settings';
import { ProviderCalls } from '../providers/provider-calls';
import { SharedStatement } from '../work/shared-statement';
import { DeliveryMetrics } from './delivery.metrics';
import { DeliveriesRepository } from './deliveries.repository';
import type { DeliveryEntity } from './delivery.entity';
import { toDelivery } from './to-delivery';

/** Makes one delivery of each approved action, however often it is told. */
@Injectable()
export class DeliveryIntake {
  /** Approvals that come together are written together. */
  private readonly plans: SharedStatement<DeliveryEntity, null>;

  constructor(
    @Inject(DeliveriesRepository) private readonly deliveries: DeliveriesRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(DeliveryMetrics) private readonly metrics: DeliveryMetrics,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
    @Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'APPROVAL_SIGNING_KEY'>,
  ) {
    this.plans = new SharedStatement(async (rows) => {
      await deliveries.plan(rows);
      return rows.map(() => null);
    });
  }

  /** An action whose approval does not hold is recorded as failed, and can never be sent. */
  async accept(event: Envelope<'action.approved'>): Promise<void> {
    const refusal = this.refusal(event);
    const row = this.toRow(event, refusal);
    if (refusal === null) {
      await this.plans.add(row);
      return;
    }
    const isNew = await this.work.run(async ({ manager, emit }) => {
      if ((await this.deliveries.insert(manager, [row])).size === 0) return false;
      const { meetingId, workspaceId } = row;
      emit(makeEvent('delivery.failed', { delivery: toDelivery(row) }, { meetingId, workspaceId }));
      return true;
    });
    if (isNew) {
      this.metrics.ended(row.provider, 'failed');
      logEvent('action.refused', { actionId: row.actionId });
    }
  }

  private refusal(event: Envelope<'action.approved'>): string | null {
    const verdict = verifyApproval(event.data, this.settings.APPROVAL_SIGNING_KEY, new Date());
    return verdict.ok ? null : verdict.reason;
  }

  private toRow(event: Envelope<'action.approved'>, refusal: string | null): DeliveryEntity {
    const { actionId, suggestionId, connectionId, provider, tool, citations } = event.data;
    const now = new Date();
    return {
      id: newId<string>(),
      workspaceId: event.workspaceId,
      actionId,
      suggestionId,
      meetingId: event.meetingId ?? '',
      connectionId,
      provider,
      tool,
      arguments: event.data.arguments,
      citations,
      traceparent: event.traceparent,
      authorised: refusal === null,
      approvalExpiresAt: refusal === null ? new Date(event.data.approval.expiresAt) : null,
      status: refusal === null ? 'planned' : 'failed',
      reason: refusal,
      attempts: [],
      sends: 0,
      triesLeft: this.calls.limits(provider).maxAttempts,
      nextAttemptAt: now,
      leaseOwner: null,
      leaseUntil: null,
      sendingSince: null,
      externalId: null,
      url: null,
      createdAt: now,
      updatedAt: now,
    };
  }
}
