import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { inSpan, logEvent } from '@parley/observability';
import { makeContext, runInContext, Sweep } from '@parley/service';
import type { IntegrationsSettings } from '../integrations.settings';
import { ClaimLoop } from '../work/claim-loop';
import { MessageCarrier } from './message-carrier';
import { MessageRecorder } from './message-recorder';
import { MessagesRepository, type ClaimedMessage } from './messages.repository';

const MAX_IN_HAND = 8;
/** Beyond one attempt: reading the entry, and writing down what came of it. */
const LEASE_MARGIN_MS = 15_000;
const CLEAN_UP_MS = 600_000;

/** Posts what waits for subscriptions, and throws away what waited, or was logged, for too long. */
@Injectable()
export class MessageWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: ClaimLoop<ClaimedMessage>;
  private readonly keepDays: number;
  private readonly cleanUp = new Sweep({
    everyMs: CLEAN_UP_MS,
    work: () => this.removeOld(),
    failed: (error) => {
      logEvent('subscription.sweep-failed', { err: error });
    },
  });

  constructor(
    @Inject(MessagesRepository) private readonly messages: MessagesRepository,
    @Inject(MessageCarrier) private readonly carrier: MessageCarrier,
    @Inject(MessageRecorder) private readonly recorder: MessageRecorder,
    @Inject(SETTINGS) settings: IntegrationsSettings,
  ) {
    this.keepDays = settings.SUBSCRIPTION_KEEP_DAYS;
    const leaseMs = settings.PROVIDER_TIMEOUT_DEFAULT_SECONDS * 1_000 + LEASE_MARGIN_MS;
    this.loop = new ClaimLoop<ClaimedMessage>({
      sweepMs: settings.DELIVERY_SWEEP_SECONDS * 1_000,
      maxInHand: MAX_IN_HAND,
      claim: (limit) => messages.claim(limit, leaseMs, randomUUID),
      carryOut: (claimed) => {
        const { workspaceId, traceparent } = claimed.message;
        const context = makeContext('integrations', { workspaceId, traceparent });
        return runInContext(context, () => this.deliver(claimed));
      },
      claimFailed: (error) => {
        logEvent('subscription.sweep-failed', { err: error });
      },
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
    this.cleanUp.start();
  }

  /** Takes nothing more and waits for what is in hand, which the time of one attempt bounds. */
  async onModuleDestroy(): Promise<void> {
    await this.cleanUp.stop();
    await this.loop.close();
  }

  /** Looks for messages now. */
  kick(): void {
    this.loop.kick();
  }

  async removeOld(): Promise<void> {
    const dropped = await this.messages.removeOlderThan(this.keepDays);
    if (dropped > 0) logEvent('subscription.dropped', { dropped });
  }

  private async deliver(claimed: ClaimedMessage): Promise<number | undefined> {
    try {
      const attributes = { 'parley.meeting.id': claimed.message.meetingId };
      const options = { attributes };
      const outcome = await inSpan('notify', options, () => this.carrier.carry(claimed));
      await this.recorder.record(claimed, outcome);
      return 'waitMs' in outcome ? outcome.waitMs : undefined;
    } catch (error) {
      // The row says `sending`: once its lease is over it is taken up again.
      logEvent('subscription.left-behind', { err: error });
      return undefined;
    }
  }
}
