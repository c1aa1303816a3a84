import { Inject, Injectable } from '@nestjs/common';
import { openAudio } from '@parley/audio';
import { isId, newId, ProblemError } from '@parley/contracts';
import { isMeetingErased, UnitOfWork } from '@parley/database';
import { audited } from '@parley/service';
import { ChannelsRepository } from '../audio/channels.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { isWithheld } from '../privacy/withheld';
import { UploadFiles } from './upload-files';
import { UploadHearings } from './upload-hearings';
import { UploadMetrics } from './upload.metrics';
import { isShown, type UploadedRecording, type UploadRecording } from './upload.views';
import { UploadsRepository, type NewUpload, type UploadProgress } from './uploads.repository';

const DEFAULT_CHANNEL = 'recording';
/** Who has more names them. */
const MOST_UNNAMED = 20;

/** Takes recordings as files. What is kept of one until it has been heard is sealed, and goes with its meeting. */
@Injectable()
export class UploadsService {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(UploadFiles) private readonly files: UploadFiles,
    @Inject(UploadHearings) private readonly hearings: UploadHearings,
    @Inject(UploadMetrics) private readonly metrics: UploadMetrics,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /**
   * Resolves once the file is safe; then it is heard.
   * @throws ProblemError `meeting-not-found`, `meeting-ended`, `unsupported-audio`, `no-place-for-audio`, `unavailable`,
   *   `conflict` where nothing of it might be kept, and for a channel that something came on
   */
  async take(
    meetingId: string,
    file: Buffer | undefined,
    { channel, endMeeting = false }: UploadRecording,
  ): Promise<UploadedRecording> {
    const meeting = await this.meetings.requireLive(meetingId);
    if (!file) throw new ProblemError('validation-failed', 'Send the recording as "file".');
    this.files.place();
    const statedMs = await statedMsOf(file);
    const { workspaceId } = meeting;
    const about = { id: newId<string>(), meetingId, workspaceId, bytes: file.length, statedMs };
    await this.begin(meeting, { ...about, endsMeeting: endMeeting }, channel);
    try {
      await this.files.keep(about, file);
    } catch (error) {
      await this.uploads.forget(about.id);
      throw error;
    }
    // What had to go meanwhile took the row along; the file goes with it.
    if (!(await this.uploads.arrived(about.id))) throw erased();
    this.hearings.now();
    return this.get(meetingId, about.id);
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
    const { workspaceId } = await this.meetings.require(meetingId);
    const stopped = await this.work.run(async ({ manager, emit }) => {
      if (!(await this.uploads.stop(id, manager))) return false;
      emit(audited('recording.stopped', id, {}, { meetingId, workspaceId }));
      return true;
    });
    if (stopped) this.metrics.count('stopped');
    this.hearings.now();
    return this.get(meetingId, id);
  }

  /** The row comes first: the database refuses it where nothing may be kept. */
  private async begin(
    meeting: MeetingEntity,
    upload: Omit<NewUpload, 'channel'>,
    named: string | undefined,
  ): Promise<void> {
    for (const channel of named === undefined ? unnamed() : [named]) {
      assertMayBeKept(meeting, channel);
      if (await this.channels.find(meeting.id, channel)) continue;
      try {
        if (await this.uploads.begin({ ...upload, channel })) return;
      } catch (error) {
        throw isMeetingErased(error) ? erased() : error;
      }
    }
    throw new ProblemError(
      'conflict',
      named === undefined
        ? 'So many recordings are heard in this meeting that another one needs a channel with a name of its own.'
        : `Something came on channel ${named} already; name another one for this recording.`,
    );
  }
}

/** Each is on a channel of its own. */
function unnamed(): string[] {
  return Array.from({ length: MOST_UNNAMED }, (_, at) =>
    at === 0 ? DEFAULT_CHANNEL : `${DEFAULT_CHANNEL}-${at + 1}`,
  );
}

function assertMayBeKept(meeting: MeetingEntity, channel: string): void {
  if (!isWithheld({ ...meeting, epoch: meeting.privacyEpoch }, channel)) return;
  throw new ProblemError(
    'conflict',
    meeting.privacyMode === 'off-the-record'
      ? 'The meeting is off the record: nothing of a recording would be kept.'
      : 'Somebody who may be heard on it does not agree to being recorded: nothing of it would be kept.',
  );
}

/** Also decodes its beginning: what is damaged from there on is said at once. */
async function statedMsOf(file: Buffer): Promise<number | null> {
  const { statedMs, pieces, close } = await openAudio(file);
  try {
    await pieces.next();
  } finally {
    await close();
  }
  return statedMs;
}

function viewOf(upload: UploadProgress): UploadedRecording | null {
  const { id, channel, status, statedMs: durationMs, receivedMs, reason } = upload;
  return isShown(status) ? { id, channel, status, durationMs, receivedMs, reason } : null;
}

function erased(): ProblemError {
  return new ProblemError('gone', 'This meeting was erased.');
}

function notFound(): ProblemError {
  return new ProblemError('recording-not-found', 'No recording with this id was uploaded.');
}
