import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import { makeEvent } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { MEETING_ENDING } from '../meetings/meetings.service';
import { ErasuresRepository } from './erasures.repository';
import { ErasuresService } from './erasures.service';
import { RetentionService } from './retention.service';

const SWEEP_MS = 30_000;

/** Brings erasures to their end, and begins those that are due. Several replicas may do so at once. */
@Injectable()
export class ErasureSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private stop: () => Promise<void> = () => Promise.resolve();
  private sweeping: Promise<void> | null = null;

  constructor(
    @Inject(ErasuresService) private readonly erasures: ErasuresService,
    @Inject(ErasuresRepository) private readonly rows: ErasuresRepository,
    @Inject(RetentionService) private readonly retention: RetentionService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // A meeting that ends may have been off the record: its shell goes at once.
    this.stop = await this.broadcast.subscribe(MEETING_ENDING, () => {
      this.retention.eraseUnrecorded().catch((error: unknown) => {
        logEvent('erasure.sweep-failed', { err: error });
      });
    });
    this.timer = setInterval(() => {
      this.sweepSoon();
    }, SWEEP_MS);
    this.sweepSoon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Asks services that have not answered again, looks once more after what is complete, then for what is too old. */
  async sweep(): Promise<void> {
    await this.work.run(async ({ manager, emit }) => {
      for (const { meetingId, workspaceId, requestedAt } of await this.rows.takeUnanswered(
        manager,
      )) {
        logEvent('erasure.asked-again', { meetingId });
        const data = { erasedAt: requestedAt.toISOString() };
        emit(makeEvent('meeting.erased', data, { meetingId, workspaceId }));
      }
    });
    const unattended = await this.work.run(({ manager }) => this.rows.takeUnattended(manager));
    for (const erasure of unattended) await this.erasures.lookAfter(erasure);
    await this.retention.eraseUnrecorded();
    await this.retention.eraseOld();
  }

  private sweepSoon(): void {
    this.sweeping ??= this.sweep()
      .catch((error: unknown) => {
        logEvent('erasure.sweep-failed', { err: error });
      })
      .finally(() => {
        this.sweeping = null;
      });
  }
}
