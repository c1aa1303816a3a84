import { Inject, Injectable } from '@nestjs/common';
import { openAudio, type OpenedAudio } from '@parley/audio';
import { BlobDamagedError, BlobsUnavailableError } from '@parley/blobs';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { ChannelEntity } from '../audio/channel.entity';
import { ChannelsRepository } from '../audio/channels.repository';
import { SendersService } from '../audio/senders.service';
import { CoverageRepository } from '../coverage/coverage.repository';
import { MeetingsService } from '../meetings/meetings.service';
import { UploadFiles } from './upload-files';
import type { HearingEnd, UploadHearing } from './upload-hearing';
import { UploadMetrics } from './upload.metrics';
import { UploadsRepository, type HeldUpload } from './uploads.repository';

const TRY_AGAIN_SECONDS = 15;
/** So often it may break off, or take its process along, for no reason that passes by itself. */
const MOST_FAILURES = 5;
/** A file may count what its encoder padded. */
const PADDING_MS = 1_000;

/** Has one recording heard to its end, and says what became of it. */
@Injectable()
export class UploadCarrier {
  constructor(
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(UploadFiles) private readonly files: UploadFiles,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(CoverageRepository) private readonly coverage: CoverageRepository,
    @Inject(SendersService) private readonly senders: SendersService,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(UploadMetrics) private readonly metrics: UploadMetrics,
  ) {}

  /** @param isClosing whether this replica is about to stop: then whoever is next need not wait */
  async carry(upload: HeldUpload, hearing: UploadHearing, isClosing: () => boolean): Promise<void> {
    try {
      const end = await this.send(upload, hearing);
      if (typeof end === 'object') throw end.brokenOff;
      // Before the row says so: whoever takes up what is left does it again.
      if (end === 'sent' && upload.endsMeeting) await this.meetings.end(upload.meetingId);
      await this.finish(
        upload,
        end === 'sent' ? 'heard' : 'stopped',
        await this.missing(upload, end),
      );
    } catch (error) {
      await this.explain(upload, error, isClosing());
    }
  }

  private async send(upload: HeldUpload, hearing: UploadHearing): Promise<HearingEnd> {
    const { id, meetingId, channel, failures } = upload;
    if (failures >= MOST_FAILURES) {
      throw new ProblemError('gone', 'It broke off again and again; upload it once more.');
    }
    const known = await this.channels.find(meetingId, channel);
    if (known && known.senderKey !== null && known.senderKey !== id) throw somebodyElses(channel);
    if (known?.ended) return this.isWhole(upload, known) ? 'sent' : 'stopped';
    const held = await this.senders.begin(
      meetingId,
      { channel, sender: id, resumeFrom: 0 },
      hearing,
    );
    let audio: OpenedAudio;
    try {
      audio = await openAudio(await this.files.read(upload));
    } catch (error) {
      const isDamaged = error instanceof ProblemError && error.code === 'unsupported-audio';
      await held.finish(isDamaged);
      throw error;
    }
    try {
      return await hearing.send(audio.pieces, held);
    } finally {
      await audio.close();
    }
  }

  /** Its process may have died between the last of it and saying so; or the meeting ended before that. */
  private isWhole({ statedMs }: HeldUpload, { receivedMs }: ChannelEntity): boolean {
    return statedMs === null || receivedMs >= statedMs - PADDING_MS;
  }

  /** A decoder passes over what is damaged, and privacy over what may not be kept: that is said, not left out in silence. */
  private async missing(upload: HeldUpload, end: HearingEnd): Promise<string | null> {
    const { meetingId, channel } = upload;
    const withheldMs = await this.coverage.lengthOf(meetingId, channel, 'withheld');
    const withheld = Math.round(withheldMs / 1_000);
    const said = withheld > 0 ? [`${withheld} s of it may not be kept, and were withheld.`] : [];
    const known = await this.channels.find(meetingId, channel);
    if (end === 'sent' && known && upload.statedMs !== null && !this.isWhole(upload, known)) {
      const seconds = Math.round((upload.statedMs - known.receivedMs) / 1_000);
      said.push(`The file is damaged: ${seconds} s of what it says it holds are missing.`);
    }
    return said.length > 0 ? said.join(' ') : null;
  }

  /** What may pass is tried again; what will not says why. */
  private async explain(upload: HeldUpload, error: unknown, isClosing: boolean): Promise<void> {
    const problem = error instanceof ProblemError ? error : null;
    switch (problem?.code) {
      case 'meeting-not-found':
      case 'meeting-ended':
        await this.finish(upload, 'stopped', null);
        return;
      case 'unsupported-audio':
      case 'conflict':
      case 'gone':
        await this.finish(upload, 'failed', problem.detail);
        return;
      default: {
        if (error instanceof BlobDamagedError) {
          await this.finish(upload, 'failed', 'The file does not open where it is kept.');
          return;
        }
        const failed = !problem && !isClosing && !(error instanceof BlobsUnavailableError);
        if (failed) logEvent('uploads.broke-off', { meetingId: upload.meetingId, err: error });
        const seconds = isClosing ? 0 : TRY_AGAIN_SECONDS;
        await this.uploads.later(upload, { seconds, reason: problem?.detail ?? null, failed });
      }
    }
  }

  private async finish(
    upload: HeldUpload,
    status: 'heard' | 'stopped' | 'failed',
    reason: string | null,
  ): Promise<void> {
    // Stopped by somebody, or another's by now.
    if (await this.uploads.over(upload, status, reason)) this.metrics.count(status);
  }
}

function somebodyElses(channel: string): ProblemError {
  return new ProblemError('conflict', `Something else came on channel ${channel} meanwhile.`);
}
