import { Inject, Injectable } from '@nestjs/common';
import { openAudio } from '@parley/audio';
import { BLOBS, type Blobs } from '@parley/blobs';
import { isId, newId, ProblemError } from '@parley/contracts';
import { isMeetingErased } from '@parley/database';
import { ChannelsRepository } from '../audio/channels.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { recordingName } from '../recordings/recordings.service';
import { UploadHearings } from './upload-hearings';
import { isShown, type UploadedRecording, type UploadRecording } from './upload.views';
import { UploadsRepository, type UploadProgress } from './uploads.repository';

const DEFAULT_CHANNEL = 'recording';

/** Takes recordings as files. What is kept of one until it has been heard is sealed, and goes with its meeting. */
@Injectable()
export class UploadsService {
  constructor(
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(UploadHearings) private readonly hearings: UploadHearings,
  ) {}

  /**
   * Resolves once the file is safe; then it is heard.
   * @throws ProblemError `meeting-not-found`, `meeting-ended`, `unsupported-audio`, `unavailable` where files have no place,
   *   `conflict` off the record and for a channel that something came on
   */
  async take(
    meetingId: string,
    file: Buffer | undefined,
    { channel = DEFAULT_CHANNEL, endMeeting = false }: UploadRecording,
  ): Promise<UploadedRecording> {
    const meeting = await this.meetings.requireLive(meetingId);
    if (!file) throw new ProblemError('validation-failed', 'Send the recording as "file".');
    const blobs = this.place();
    await this.requireFree(meeting, channel);
    const statedMs = await statedMsOf(file);
    const id = newId<string>();
    const { workspaceId } = meeting;
    const upload = { id, meetingId, workspaceId, channel, bytes: file.length, statedMs };
    // The row comes first: the database refuses it where nothing may be kept.
    if (!(await this.begin({ ...upload, endsMeeting: endMeeting }))) throw taken(channel);
    try {
      await blobs.put(recordingName(meetingId, id), file);
    } catch (error) {
      await this.uploads.forget(id);
      throw error;
    }
    if (!(await this.uploads.arrived(id))) {
      await blobs.remove(recordingName(meetingId, id));
      throw new ProblemError('gone', 'This meeting was erased.');
    }
    this.hearings.now();
    return this.get(meetingId, id);
  }

  /** @throws ProblemError `meeting-not-found` */
  async list(meetingId: string): Promise<UploadedRecording[]> {
    await this.meetings.require(meetingId);
    return (await this.uploads.of(meetingId)).flatMap((upload) => viewOf(upload) ?? []);
  }

  /** @throws ProblemError `meeting-not-found`, `recording-not-found` */
  async get(meetingId: string, id: string): Promise<UploadedRecording> {
    const found = (await this.list(meetingId)).find((upload) => upload.id === id);
    if (!found) throw notFound();
    return found;
  }

  /**
   * What was heard of it stays. Stopping what is over changes nothing.
   * @throws ProblemError `meeting-not-found`, `recording-not-found`
   */
  async stop(meetingId: string, id: string): Promise<UploadedRecording> {
    await this.get(meetingId, isId(id) ? id : '');
    if (await this.uploads.stop(id)) {
      await this.blobs?.remove(recordingName(meetingId, id));
      this.hearings.stopped(id);
    }
    return this.get(meetingId, id);
  }

  private place(): Blobs {
    if (this.blobs) return this.blobs;
    throw new ProblemError(
      'unavailable',
      'This installation has no place for recordings: see BLOBS_DIR and BLOBS_S3_BUCKET.',
    );
  }

  private async requireFree(meeting: MeetingEntity, channel: string): Promise<void> {
    if (!meeting.recorded) {
      throw new ProblemError(
        'conflict',
        'The meeting is off the record: nothing of a recording would be kept.',
      );
    }
    if (await this.channels.find(meeting.id, channel)) throw taken(channel);
  }

  private async begin(upload: Parameters<UploadsRepository['begin']>[0]): Promise<boolean> {
    try {
      return await this.uploads.begin(upload);
    } catch (error) {
      if (isMeetingErased(error)) throw new ProblemError('gone', 'This meeting was erased.');
      throw error;
    }
  }
}

/** Also decodes its beginning: what is damaged from there on is said at once. */
async function statedMsOf(file: Buffer): Promise<number | null> {
  const { statedMs, pieces } = await openAudio(file);
  await pieces.next();
  await pieces.return();
  return statedMs;
}

function viewOf(upload: UploadProgress): UploadedRecording | null {
  const { id, channel, status, statedMs: durationMs, receivedMs, reason } = upload;
  return isShown(status) ? { id, channel, status, durationMs, receivedMs, reason } : null;
}

function taken(channel: string): ProblemError {
  return new ProblemError(
    'conflict',
    `Something came on channel ${channel} already; name another one for this recording.`,
  );
}

function notFound(): ProblemError {
  return new ProblemError('recording-not-found', 'No recording with this id was uploaded.');
}
