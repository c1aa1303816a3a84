import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { BLOBS, resealAll, type Blobs } from '@parley/blobs';
import { SETTINGS } from '@parley/config';
import { firstIdDaysAgo } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import type { IngestionSettings } from '../ingestion.settings';
import { RecordingPartsRepository } from './recording-parts.repository';
import { recordingName, RecordingsService } from './recordings.service';

const SWEEP_MS = 60_000;
const ROTATION_MS = 3_600_000;
const BATCH = 20;

/** Removes audio whose time is over, and seals with the newest key what an older one sealed. */
@Injectable()
export class RecordingSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly retention = new Sweep({
    everyMs: SWEEP_MS,
    work: () => this.eraseOld(),
    failed: (error) => {
      logEvent('recordings.sweep-failed', { err: error });
    },
  });
  private readonly rotation = new Sweep({
    everyMs: ROTATION_MS,
    work: () => this.reseal(),
    failed: (error) => {
      logEvent('recordings.sweep-failed', { err: error });
    },
  });

  constructor(
    @Inject(SETTINGS)
    private readonly settings: Pick<IngestionSettings, 'RECORDING_RETENTION_DAYS'>,
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(RecordingPartsRepository) private readonly parts: RecordingPartsRepository,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
  ) {}

  onApplicationBootstrap(): void {
    this.retention.start();
    this.retention.now();
    this.rotation.now();
    // The keys change with a start, but another replica may write with the old one until it is replaced, too.
    this.rotation.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.retention.stop(), this.rotation.stop()]);
  }

  /** Of meetings that were made before the days that audio is kept for; the meetings stay. */
  async eraseOld(): Promise<void> {
    const { RECORDING_RETENTION_DAYS: days } = this.settings;
    if (days === 0 || !this.blobs) return;
    const cutoff = firstIdDaysAgo(days);
    let due: { id: string }[];
    do {
      due = await this.parts.olderThan(cutoff, BATCH);
      for (const { id } of due) {
        await this.parts.keepNoMore(id);
        await this.recordings.forget(id);
      }
      if (due.length > 0) logEvent('recordings.erased', { meetings: due.length });
    } while (due.length === BATCH);
  }

  private async reseal(): Promise<void> {
    const rows = {
      sealedOtherwise: async (keyId: string, afterId: string) =>
        (await this.parts.sealedOtherwise(keyId, afterId, BATCH)).map(({ id, meetingId }) => ({
          id,
          name: recordingName(meetingId, id),
        })),
      sealed: (id: string, keyId: string) => this.parts.sealed(id, keyId),
    };
    const { resealed, lost } = await resealAll(this.blobs, rows);
    if (resealed > 0) logEvent('recordings.resealed', { kept: resealed });
    if (lost > 0) logEvent('recordings.sealed-away', { dropped: lost });
  }
}
