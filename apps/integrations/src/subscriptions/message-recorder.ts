import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { UnitOfWork, type Unit } from '@parley/database';
import { logEvent } from '@parley/observability';
import { audited } from '@parley/service';
import type { IntegrationsSettings } from '../integrations.settings';
import type { MessageOutcome } from './message-carrier';
import { MessagesRepository, type ClaimedMessage } from './messages.repository';
import type { PauseReason } from './subscription-kinds';
import { SubscriptionMetrics } from './subscription.metrics';
import { SubscriptionsRepository } from './subscriptions.repository';

const HOUR_MS = 3_600_000;

/** Writes what came of a message, and pauses a subscription that is gone or fails for too long. */
@Injectable()
export class MessageRecorder {
  private readonly pauseAfterMs: number;

  constructor(
    @Inject(MessagesRepository) private readonly messages: MessagesRepository,
    @Inject(SubscriptionsRepository) private readonly subscriptions: SubscriptionsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(SubscriptionMetrics) private readonly metrics: SubscriptionMetrics,
    @Inject(SETTINGS) settings: IntegrationsSettings,
  ) {
    this.pauseAfterMs = settings.SUBSCRIPTION_PAUSE_AFTER_HOURS * HOUR_MS;
  }

  async record(claimed: ClaimedMessage, outcome: MessageOutcome): Promise<void> {
    const { subscriptionId } = claimed.message;
    const paused = await this.work.run((unit) => this.write(unit, claimed, outcome));
    if (outcome.kind === 'later' && outcome.leaveAlone) {
      await this.subscriptions.leaveAlone(subscriptionId, outcome.waitMs);
    }
    this.metrics.tried(outcome.kind);
    if (paused) logEvent('subscription.paused', { subscriptionId, reason: paused });
  }

  private async write(
    unit: Unit,
    claimed: ClaimedMessage,
    outcome: MessageOutcome,
  ): Promise<PauseReason | null> {
    const { manager } = unit;
    switch (outcome.kind) {
      case 'accepted': {
        const { attempt } = outcome;
        await this.messages.release(manager, claimed, 'succeeded', { attempt });
        await this.subscriptions.works(manager, claimed.subscription.id);
        return null;
      }
      case 'withdrawn':
        await this.messages.release(manager, claimed, 'dropped', {});
        return null;
      case 'later':
        await this.messages.release(manager, claimed, 'planned', { waitMs: outcome.waitMs });
        return null;
      case 'refused':
        return this.refuse(unit, claimed, outcome);
    }
  }

  private async refuse(
    { manager, emit }: Unit,
    claimed: ClaimedMessage,
    { attempt, waitMs, gone, givenUp }: MessageOutcome & { kind: 'refused' },
  ): Promise<PauseReason | null> {
    const { id, workspaceId } = claimed.subscription;
    await this.subscriptions.fails(manager, id);
    const reason: PauseReason = gone ? 'gone' : 'failing';
    const limit = gone ? undefined : this.pauseAfterMs;
    const paused = await this.subscriptions.pause(manager, id, reason, limit);
    // A message that alone is refused is given up; one whose receiver is away waits for it.
    const status = givenUp && !paused && !gone ? 'failed' : 'planned';
    await this.messages.release(manager, claimed, status, { attempt, waitMs });
    if (!paused) return null;
    emit(audited('subscription.paused', id, { reason }, { workspaceId }));
    return reason;
  }
}
