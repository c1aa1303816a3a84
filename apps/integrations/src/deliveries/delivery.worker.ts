import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { inSpan, logEvent } from '@parley/observability';
import { makeContext, runInContext } from '@parley/service';
import type { IntegrationsSettings } from '../integrations.settings';
import { leasesMs } from '../providers/call-limits';
import { ClaimLoop } from '../work/claim-loop';
import { DeliveriesRepository, type Claimed } from './deliveries.repository';
import { DeliveryCarrier } from './delivery-carrier';
import { DeliveryRecorder } from './delivery-recorder';

/** Nearly all of their time is waiting for a provider; one that hangs must not take all places from the others. */
const MAX_IN_HAND = 32;
/** A lease outlives the call it covers, so that only a dead worker's is ever taken over. */
const LEASE_MARGIN_MS = 5_000;

/** Carries deliveries out that are due. */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: ClaimLoop<Claimed>;

  constructor(
    @Inject(DeliveriesRepository) deliveries: DeliveriesRepository,
    @Inject(DeliveryCarrier) private readonly carrier: DeliveryCarrier,
    @Inject(DeliveryRecorder) private readonly recorder: DeliveryRecorder,
    @Inject(SETTINGS) settings: IntegrationsSettings,
  ) {
    const leases = leasesMs(settings, LEASE_MARGIN_MS);
    this.loop = new ClaimLoop<Claimed>({
      sweepMs: settings.DELIVERY_SWEEP_SECONDS * 1_000,
      maxInHand: MAX_IN_HAND,
      claim: (limit) => deliveries.claim(limit, leases, randomUUID),
      carryOut: (claimed) => {
        const { workspaceId, traceparent } = claimed.row;
        const context = makeContext('integrations', { workspaceId, traceparent });
        return runInContext(context, () => this.deliver(claimed));
      },
      claimFailed: (error) => {
        logEvent('delivery.sweep-failed', { err: error });
      },
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Takes nothing more and waits for what is in hand, which the call's budget bounds. */
  onModuleDestroy(): Promise<void> {
    return this.loop.close();
  }

  /** Looks for work now. */
  kick(): void {
    this.loop.kick();
  }

  private async deliver(claimed: Claimed): Promise<number | undefined> {
    try {
      const attributes = { 'parley.provider': claimed.row.provider };
      const outcome = await inSpan('deliver', { attributes }, () => this.carrier.carry(claimed));
      await this.recorder.record(claimed, outcome);
      return outcome.status === 'planned' ? outcome.waitMs : undefined;
    } catch (error) {
      // The row says `sending`: once its lease is over it is taken up again.
      logEvent('delivery.left-behind', { deliveryId: claimed.row.id, err: error });
      return undefined;
    }
  }
}
