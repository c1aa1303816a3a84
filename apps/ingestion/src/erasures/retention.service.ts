import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { firstIdDaysAgo } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import type { IngestionSettings } from '../ingestion.settings';
import { MeetingsRepository } from '../meetings/meetings.repository';
import type { EntityManager } from 'typeorm';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { RecordingsService } from '../recordings/recordings.service';
import type { ErasureReason } from './erasure.views';
import { ErasuresService } from './erasures.service';

type Due = Pick<MeetingEntity, 'id' | 'workspaceId'>;

/** In one transaction. */
const BATCH = 5;

/** Erases what nobody may keep any more: what is older than RETENTION_DAYS, counted from when a meeting was made, not from when it was held. */
@Injectable()
export class RetentionService {
  private holdsBack = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<IngestionSettings, 'RETENTION_DAYS'>,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(ErasuresService) private readonly erasures: ErasuresService,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /**
   * Batch by batch until none is left; another replica that does so meanwhile finds nothing to do. Meetings whose audio
   * no setting says the place of stay: a receipt would say that all is gone.
   */
  async eraseOld(): Promise<void> {
    const { RETENTION_DAYS: days } = this.settings;
    if (days === 0) return;
    const cutoff = firstIdDaysAgo(days);
    const withAudio = this.recordings.withinReach;
    await this.eraseAll('retention', (manager) =>
      this.meetings.takeOlderThan(manager, cutoff, BATCH, withAudio),
    );
    await this.sayWhatStays(withAudio, cutoff);
  }

  /** The shell of a meeting that was off the record from its beginning to its end. */
  async eraseUnrecorded(): Promise<void> {
    await this.eraseAll('off-the-record', (manager) =>
      this.meetings.takeUnrecorded(manager, BATCH),
    );
  }

  /** Once, not at each sweep. */
  private async sayWhatStays(withAudio: boolean, cutoff: string): Promise<void> {
    const before = this.holdsBack;
    this.holdsBack = !withAudio && (await this.recordings.anyBefore(cutoff));
    if (this.holdsBack && !before) logEvent('retention.held-back');
  }

  private async eraseAll(
    reason: ErasureReason,
    take: (manager: EntityManager) => Promise<Due[]>,
  ): Promise<void> {
    let due: Due[];
    do {
      due = await this.work.run(async (unit) => {
        const taken = await take(unit.manager);
        for (const meeting of taken) await this.erasures.write(unit, meeting, reason);
        return taken;
      });
      for (const { id } of due) await this.erasures.announce(id, reason);
      if (due.length > 0) logEvent('retention.erased', { meetings: due.length, reason });
    } while (due.length === BATCH);
  }
}
