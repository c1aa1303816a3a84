import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, type Envelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent, requestContext } from '@parley/observability';
import { audited } from '@parley/service';
import { ProviderMetrics } from '../providers/provider.metrics';
import { SharedStatement } from '../work/shared-statement';
import { DeliveriesRepository, type Claimed, type Release } from './deliveries.repository';
import type { Outcome } from './delivery-carrier';
import { DeliveryMetrics } from './delivery.metrics';
import type { DeliveryEntity } from './delivery.entity';
import type { FinalStatus } from './delivery-state';
import { toDelivery } from './to-delivery';

interface Ending {
  release: Release;
  /** Told when the row is written, of final outcomes. */
  events: Envelope[];
}

/** Writes what came of a claim and, when it is final, tells the others in the same transaction. */
@Injectable()
export class DeliveryRecorder {
  /** Those that come to an end while a transaction is under way share the next one. */
  private readonly endings: SharedStatement<Ending, boolean>;

  constructor(
    @Inject(DeliveriesRepository) deliveries: DeliveriesRepository,
    @Inject(UnitOfWork) work: UnitOfWork,
    @Inject(DeliveryMetrics) private readonly metrics: DeliveryMetrics,
    @Inject(ProviderMetrics) private readonly providers: ProviderMetrics,
  ) {
    this.endings = new SharedStatement((endings) =>
      work.run(async ({ manager, emit }) => {
        const releases = endings.map(({ release }) => release);
        const written = await deliveries.release(manager, releases);
        const isWritten = ({ release }: Ending) => written.has(release);
        for (const event of endings.filter(isWritten).flatMap(({ events }) => events)) emit(event);
        return endings.map(isWritten);
      }),
    );
  }

  async record(claimed: Claimed, outcome: Outcome): Promise<void> {
    const { row } = claimed;
    const change = changeOf(row, outcome);
    const waitMs = outcome.status === 'planned' ? outcome.waitMs : 0;
    const events = outcome.status === 'planned' ? [] : eventsOf(row, change, outcome.status);
    const written = await this.endings.add({ release: { claimed, change, waitMs }, events });
    this.providers.attempted(row.provider, row.attempts.length, outcome.attempts);
    if (written && outcome.status !== 'planned') this.metrics.ended(row.provider, outcome.status);
    const told = { deliveryId: row.id, meetingId: row.meetingId, status: outcome.status };
    if (written) logEvent('delivery.attempted', told);
    else logEvent('delivery.lease-lost', told);
  }
}

type Change = Release['change'];

/** Made in the delivery's own context, which the events name: the transaction is shared with others. */
function eventsOf(row: DeliveryEntity, change: Change, status: FinalStatus): Envelope[] {
  const { requestId } = requestContext();
  const { meetingId, workspaceId, traceparent, actionId, provider, tool } = row;
  const delivery = toDelivery({ ...row, ...change });
  const details = { actionId, provider, tool, attempts: change.attempts.length };
  const about = { meetingId, workspaceId };
  return [
    makeEvent(`delivery.${status}`, { delivery }, about),
    audited(`delivery.${status}`, row.id, details, about),
  ].map((event) => ({ ...event, requestId, traceparent }));
}

function changeOf(row: DeliveryEntity, outcome: Outcome): Change {
  const attempts = [...row.attempts, ...outcome.attempts];
  const { triesLeft } = outcome.status === 'planned' ? outcome : row;
  if (outcome.status !== 'succeeded') {
    const { status, reason } = outcome;
    return { status, reason, attempts, triesLeft, externalId: null, url: null };
  }
  const { externalId, url } = outcome.receipt;
  return {
    status: 'succeeded',
    reason: null,
    attempts,
    triesLeft,
    externalId: externalId ?? null,
    url: url ?? null,
  };
}
