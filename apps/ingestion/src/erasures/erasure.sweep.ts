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
import { Sweep } from '@parley/service';
import { MEETING_ENDING } from '../meetings/meetings.service';
import { ErasuresRepository } from './erasures.repository';
import { ErasuresService } from './erasures.service';
import { RetentionService } from './retention.service';

const SWEEP_MS = 30_000;

/** Brings erasures to their end, and begins those that are due. Several replicas may do so at once. */
@Injectable()
export class ErasureSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly regular = new Sweep({
    everyMs: SWEEP_MS,
    work: () => this.sweep(),
    failed: (error) => {
      logEvent('erasure.sweep-failed', { err: error });
    },
  });
  private stop: () => Promise<void> = () => Promise.resolve();

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
    this.regular.start();
    this.regular.now();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
    await this.regular.stop();
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
}
