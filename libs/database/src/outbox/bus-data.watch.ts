import {
  Inject,
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EventBus } from '@parley/bus';
import { logEvent, Metrics, outliveRequest } from '@parley/observability';
import type { Counter } from 'prom-client';
import { OutboxRepository } from './outbox.repository';

/** A bus that came back empty is noticed within five seconds. */
const LOOK_EVERY_MS = 2_000;

/**
 * Notices that the bus came back without what it held, and has everything of the last day sent again: what was
 * published and not yet handled would be gone. Handlers know what they had before.
 */
@Injectable()
export class BusDataWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private adopted: string | null = null;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private readonly resent: Counter | undefined;

  constructor(
    @Inject(EventBus) private readonly bus: EventBus,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Optional() @Inject(Metrics) metrics?: Metrics,
  ) {
    this.resent = metrics?.counter(
      'outbox_resent_total',
      'Events sent once more, because the bus came back without its data.',
      [],
    );
  }

  /** The data that takes what is published now, as far as is known. */
  get dataId(): string | null {
    return this.adopted;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.lookSoon();
    }, LOOK_EVERY_MS);
    this.lookSoon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private lookSoon(): void {
    this.looking ??= outliveRequest(() => this.look())
      .catch(() => undefined) // The bus or the database is away: their health says so, and there is a next time.
      .finally(() => {
        this.looking = undefined;
      });
  }

  private async look(): Promise<void> {
    const dataId = await this.bus.dataId();
    if (dataId === null || dataId === this.adopted) return;
    const events = await this.outbox.adopt(dataId);
    this.adopted = dataId;
    if (events === 0) return;
    this.resent?.inc(events);
    logEvent('outbox.sent-again', { events });
  }
}
