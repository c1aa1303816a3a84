import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { firstIdOf, systemClock } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import type { IngestionSettings } from '../ingestion.settings';
import { MeetingsRepository } from '../meetings/meetings.repository';
import { ErasuresService } from './erasures.service';

const DAY_MS = 24 * 3_600_000;
/** In one transaction. */
const BATCH = 5;

/** Erases what is older than RETENTION_DAYS, counted from when a meeting was made, not from when it was held. */
@Injectable()
export class RetentionService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<IngestionSettings, 'RETENTION_DAYS'>,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(ErasuresService) private readonly erasures: ErasuresService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** Batch by batch until none is left; another replica that does so meanwhile finds nothing to do. */
  async eraseOld(): Promise<void> {
    const { RETENTION_DAYS: days } = this.settings;
    if (days === 0) return;
    const cutoff = firstIdOf(new Date(systemClock.now() - days * DAY_MS));
    for (let erased = BATCH; erased === BATCH;) erased = await this.eraseBatch(cutoff);
  }

  /** @returns how many went. */
  private async eraseBatch(beforeId: string): Promise<number> {
    const gone = await this.work.run(async (unit) => {
      const due = await this.meetings.takeOlderThan(unit.manager, beforeId, BATCH);
      for (const meeting of due) await this.erasures.write(unit, meeting, 'retention');
      return due;
    });
    for (const { id } of gone) await this.erasures.announce(id, 'retention');
    if (gone.length > 0) logEvent('retention.erased', { meetings: gone.length });
    return gone.length;
  }
}
