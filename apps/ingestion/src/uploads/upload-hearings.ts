import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { openAudio, type OpenedAudio } from '@parley/audio';
import { BLOBS, BlobsUnavailableError, type Blobs } from '@parley/blobs';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { logEvent, makeContext, runInContext } from '@parley/observability';
import { Sweep } from '@parley/service';
import { ChannelsRepository } from '../audio/channels.repository';
import { SendersService } from '../audio/senders.service';
import type { IngestionSettings } from '../ingestion.settings';
import { MeetingsService } from '../meetings/meetings.service';
import { recordingName } from '../recordings/recordings.service';
import { UploadHearing } from './upload-hearing';
import type { UploadEntity } from './upload.entity';
import { UploadMetrics } from './upload.metrics';
import { HEARING_NOTED_EVERY_MS, UploadsRepository } from './uploads.repository';

const LOOK_EVERY_MS = 3_000;
const TRY_AGAIN_SECONDS = 15;
/** A file may count what its encoder padded. */
const PADDING_MS = 1_000;
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
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(SendersService) private readonly senders: SendersService,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(UploadMetrics) private readonly metrics: UploadMetrics,
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

  /** Something waits. */
  now(): void {
    this.sweep.now();
  }

  /** Nobody wants to have it heard any more. */
  stopped(id: string): void {
    void this.current.get(id)?.hearing.end();
  }

  private async takeUp(): Promise<void> {
    if (!this.blobs) return;
    for (const { id, meetingId } of await this.uploads.removeLost()) {
      await this.blobs.remove(recordingName(meetingId, id));
    }
    while (!this.closing && this.current.size < MOST_AT_ONCE) {
      const upload = await this.uploads.claim(this.roomBytes);
      if (!upload) return;
      const { id, bytes, workspaceId } = upload;
      const hearing = new UploadHearing();
      const over = runInContext(makeContext('ingestion', { workspaceId }), () =>
        this.hear(upload, hearing),
      ).finally(() => {
        this.current.delete(id);
        this.sweep.now();
      });
      this.current.set(id, { hearing, bytes, over });
    }
  }

  /** Together they are no larger than the largest may be; alone, one always has room. */
  private get roomBytes(): number {
    if (this.current.size === 0) return Number.MAX_SAFE_INTEGER;
    const held = [...this.current.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    return this.settings.RECORDING_MAX_UPLOAD_BYTES - held;
  }

  private async hear(upload: UploadEntity, hearing: UploadHearing): Promise<void> {
    const { id } = upload;
    const noting = setInterval(() => {
      this.note(id, hearing);
    }, HEARING_NOTED_EVERY_MS);
    try {
      await this.conclude(upload, await this.send(upload, hearing));
    } catch (error) {
      await this.explain(upload, error).catch((unexplained: unknown) => {
        // Its lease runs out, and it is taken up again.
        logEvent('uploads.sweep-failed', { err: unexplained });
      });
    } finally {
      clearInterval(noting);
    }
  }

  private note(id: string, hearing: UploadHearing): void {
    this.uploads.hearing(id).then(
      async (wanted) => {
        if (!wanted) await hearing.end();
      },
      (error: unknown) => {
        logEvent('uploads.sweep-failed', { err: error });
      },
    );
  }

  private async send(upload: UploadEntity, hearing: UploadHearing): Promise<'sent' | 'stopped'> {
    const { id, meetingId, channel } = upload;
    const known = await this.channels.find(meetingId, channel);
    // All of it was sent, and the process died before it could say so.
    if (known?.ended) return 'sent';
    const { pieces } = await this.open(upload);
    try {
      const start = { channel, sender: id, resumeFrom: 0 };
      const end = await hearing.send(pieces, await this.senders.begin(meetingId, start, hearing));
      if (typeof end === 'object') throw end.brokenOff;
      return end;
    } finally {
      await pieces.return();
    }
  }

  private async open({ id, meetingId, bytes }: UploadEntity): Promise<OpenedAudio> {
    const found = await this.blobs?.read(recordingName(meetingId, id));
    if (!found) throw new ProblemError('gone', 'The file was erased before it was heard.');
    // Shared with the thread that decodes it: it is in memory once.
    const file = Buffer.from(new SharedArrayBuffer(bytes));
    let at = 0;
    for await (const piece of found.content) at += piece.copy(file, at);
    return openAudio(file);
  }

  private async conclude(upload: UploadEntity, end: 'sent' | 'stopped'): Promise<void> {
    // Before the row says so: whoever takes up what is left does it again.
    if (end === 'sent' && upload.endsMeeting) await this.meetings.end(upload.meetingId);
    if (end === 'stopped') await this.finish(upload, 'stopped');
    else await this.finish(upload, 'heard', await this.shortfall(upload));
  }

  /** A decoder passes over what is damaged: that is said, not left out in silence. */
  private async shortfall({ meetingId, channel, statedMs }: UploadEntity): Promise<string | null> {
    const receivedMs = (await this.channels.find(meetingId, channel))?.receivedMs ?? 0;
    if (statedMs === null || receivedMs >= statedMs - PADDING_MS) return null;
    const seconds = Math.round((statedMs - receivedMs) / 1_000);
    return `The file is damaged: ${seconds} s of what it says it holds could not be decoded.`;
  }

  /** What may pass is tried again; what will not says why. */
  private async explain(upload: UploadEntity, error: unknown): Promise<void> {
    const { id, meetingId } = upload;
    const problem = error instanceof ProblemError ? error : null;
    switch (problem?.code) {
      case 'meeting-not-found':
      case 'meeting-ended':
        await this.finish(upload, 'stopped');
        return;
      case 'unsupported-audio':
      case 'conflict':
      case 'gone':
        await this.finish(upload, 'failed', problem.detail);
        return;
      default: {
        if (!problem && !(error instanceof BlobsUnavailableError) && !this.closing) {
          logEvent('uploads.broke-off', { meetingId, err: error });
        }
        const seconds = this.closing ? 0 : TRY_AGAIN_SECONDS;
        await this.uploads.later(id, seconds, problem?.detail ?? null);
      }
    }
  }

  private async finish(
    upload: UploadEntity,
    status: 'heard' | 'stopped' | 'failed',
    reason: string | null = null,
  ): Promise<void> {
    const { id, meetingId } = upload;
    await this.uploads.over(id, status, reason);
    this.metrics.count(status);
    await this.blobs?.remove(recordingName(meetingId, id));
  }
}
