import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { inSpan, logEvent, outliveRequest } from '@parley/observability';
import { makeContext, runInContext } from '@parley/service';
import type { IntegrationsSettings } from '../integrations.settings';
import { DeliveriesRepository, type Claimed } from './deliveries.repository';
import { DeliveryCarrier } from './delivery-carrier';
import { DeliveryRecorder } from './delivery-recorder';

const MAX_IN_HAND = 8;
/** A lease outlives the call it covers, so that only a dead worker's is ever taken over. */
const LEASE_MARGIN_MS = 5_000;

/** Takes deliveries that are due, when told to look and every few seconds, a few at a time. */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly inHand = new Set<Promise<void>>();
  private readonly leaseMs: number;
  private readonly sweepMs: number;
  private sweep: NodeJS.Timeout | undefined;
  private readonly wakeUps = new Set<NodeJS.Timeout>();
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private closed = false;

  constructor(
    @Inject(DeliveriesRepository) private readonly deliveries: DeliveriesRepository,
    @Inject(DeliveryCarrier) private readonly carrier: DeliveryCarrier,
    @Inject(DeliveryRecorder) private readonly recorder: DeliveryRecorder,
    @Inject(SETTINGS) settings: IntegrationsSettings,
  ) {
    this.leaseMs = settings.PROVIDER_TOTAL_BUDGET_SECONDS * 1_000 + LEASE_MARGIN_MS;
    this.sweepMs = settings.DELIVERY_SWEEP_SECONDS * 1_000;
  }

  onApplicationBootstrap(): void {
    this.sweep = setInterval(() => {
      this.kick();
    }, this.sweepMs);
    this.kick();
  }

  /** Takes nothing more and waits for what is in hand, which the call's budget bounds. */
  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    clearInterval(this.sweep);
    for (const wakeUp of this.wakeUps) clearTimeout(wakeUp);
    await this.looking;
    await Promise.all(this.inHand);
  }

  /** Looks for work now; while it is looking already, it will look once more. */
  kick(): void {
    this.lookAgain = true;
    this.looking ??= outliveRequest(() => this.look()).finally(() => {
      this.looking = undefined;
    });
  }

  private async look(): Promise<void> {
    try {
      while (this.lookAgain && !this.closed && this.inHand.size < MAX_IN_HAND) {
        this.lookAgain = false;
        const free = MAX_IN_HAND - this.inHand.size;
        const claimed = await this.deliveries.claim(free, this.leaseMs, randomUUID);
        for (const each of claimed) this.take(each);
      }
    } catch (error) {
      logEvent('delivery.sweep-failed', { err: error });
    }
  }

  private take(claimed: Claimed): void {
    const { workspaceId, traceparent } = claimed.row;
    const context = makeContext('integrations', { workspaceId, traceparent });
    const work = runInContext(context, () => this.deliver(claimed)).finally(() => {
      this.inHand.delete(work);
      this.kick();
    });
    this.inHand.add(work);
  }

  private async deliver(claimed: Claimed): Promise<void> {
    try {
      const attributes = { 'parley.provider': claimed.row.provider };
      const outcome = await inSpan('deliver', { attributes }, () => this.carrier.carry(claimed));
      await this.recorder.record(claimed, outcome);
      if (outcome.status === 'planned') this.wakeIn(outcome.waitMs);
    } catch (error) {
      // The row says `sending`: once its lease is over it is taken up again.
      logEvent('delivery.left-behind', { deliveryId: claimed.row.id, err: error });
    }
  }

  /** For waits shorter than the sweep; it finds the others. */
  private wakeIn(waitMs: number): void {
    if (this.closed || waitMs >= this.sweepMs) return;
    const wakeUp = setTimeout(() => {
      this.wakeUps.delete(wakeUp);
      this.kick();
    }, waitMs);
    this.wakeUps.add(wakeUp);
  }
}
