import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { logEvent, makeContext, runInContext } from '@parley/observability';
import { Sweep } from '@parley/service';
import type { IngestionSettings } from '../ingestion.settings';
import { UploadCarrier } from './upload-carrier';
import { UploadFiles } from './upload-files';
import { UploadHearing } from './upload-hearing';
import { RENEWED_EVERY_MS, UploadsRepository, type HeldUpload } from './uploads.repository';

const LOOK_EVERY_MS = 3_000;
/** asr hears one channel about as fast as several. */
const MOST_AT_ONCE = 4;

interface Hearing {
  hearing: UploadHearing;
  bytes: number;
  over: Promise<void>;
}

/** Hears uploaded recordings, a few at a time on each replica: a file that is decoded is in memory. */
@Injectable()
export class UploadHearings implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** By what each calls itself: a recording may be taken up again while an earlier hearing has not noticed yet. */
  private readonly current = new Map<string, Hearing>();
  private closing = false;
  private readonly sweep = new Sweep({
    everyMs: LOOK_EVERY_MS,
    work: () => this.takeUp(),
    failed: (error) => {
      logEvent('uploads.sweep-failed', { err: error });
    },
  });

  constructor(
    @Inject(SETTINGS)
    private readonly settings: Pick<IngestionSettings, 'RECORDING_MAX_UPLOAD_BYTES'>,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(UploadFiles) private readonly files: UploadFiles,
    @Inject(UploadCarrier) private readonly carrier: UploadCarrier,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
    this.sweep.now();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.sweep.stop();
    const hearings = [...this.current.values()];
    for (const { hearing } of hearings) hearing.fail(new Error('this replica stops'));
    await Promise.all(hearings.map(({ over }) => over));
  }

  /** Something waits, or is over. */
  now(): void {
    if (!this.closing) this.sweep.now();
  }

  private async takeUp(): Promise<void> {
    if (!this.files.haveAPlace) return;
    await this.files.removeNeedless();
    while (!this.closing && this.current.size < MOST_AT_ONCE) {
      const holder = randomUUID();
      const upload = await this.uploads.claim(holder, this.roomBytes);
      if (!upload) return;
      const { bytes, workspaceId } = upload;
      const hearing = new UploadHearing();
      const over = runInContext(makeContext('ingestion', { workspaceId }), () =>
        this.hear(upload, hearing),
      ).finally(() => {
        this.current.delete(holder);
        this.now();
      });
      this.current.set(holder, { hearing, bytes, over });
    }
  }

  /** Together they are no larger than the largest may be; alone, one always has room. */
  private get roomBytes(): number {
    if (this.current.size === 0) return Number.MAX_SAFE_INTEGER;
    const held = [...this.current.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    return this.settings.RECORDING_MAX_UPLOAD_BYTES - held;
  }

  private async hear(upload: HeldUpload, hearing: UploadHearing): Promise<void> {
    const renewing = setInterval(() => {
      this.renew(upload, hearing);
    }, RENEWED_EVERY_MS);
    try {
      await this.carrier.carry(upload, hearing, () => this.closing);
    } catch (error) {
      // Its lease runs out, and it is taken up again.
      logEvent('uploads.broke-off', { meetingId: upload.meetingId, err: error });
    } finally {
      clearInterval(renewing);
    }
  }

  private renew(upload: HeldUpload, hearing: UploadHearing): void {
    this.uploads.renew(upload).then(
      async (state) => {
        if (state === 'stopped') await hearing.end();
        else if (state === 'lost') await hearing.supersede();
      },
      (error: unknown) => {
        logEvent('uploads.not-renewed', { meetingId: upload.meetingId, err: error });
      },
    );
  }
}
