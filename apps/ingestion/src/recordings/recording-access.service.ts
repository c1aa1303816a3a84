import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { reached } from '@parley/blobs';
import { ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { audited } from '@parley/service';
import { MeetingsService } from '../meetings/meetings.service';
import { RecordingPartsRepository } from './recording-parts.repository';
import { RecordingReader, wavBytes, type Unreadable } from './recording.reader';
import type { Recording, RecordingQuery } from './recording.views';
import { RecordingsService } from './recordings.service';

const LONGEST_MS = 600_000;
/** Whoever asks for what is damaged again gets the same answer. */
const UNREADABLE: Record<Unreadable, () => ProblemError> = {
  away: () => new ProblemError('unavailable', 'The audio cannot be reached; try again later.'),
  damaged: () =>
    new ProblemError(
      'gone',
      'The audio does not open: it is altered or missing where it is kept, or its key is.',
    ),
};

/** What callers may hear of the meetings of their workspace. */
@Injectable()
export class RecordingAccess {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(RecordingReader) private readonly reader: RecordingReader,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
    @Inject(RecordingPartsRepository) private readonly parts: RecordingPartsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** @throws ProblemError `meeting-not-found`; `recording-not-found` where nothing is kept; `validation-failed`, `unavailable`, `gone`. */
  async open(
    id: string,
    { channel, fromMs, toMs }: RecordingQuery,
  ): Promise<{ bytes: number; content: Readable }> {
    if (toMs !== undefined && (toMs <= fromMs || toMs - fromMs > LONGEST_MS)) {
      throw new ProblemError(
        'validation-failed',
        'toMs must be after fromMs, and at most ten minutes after it.',
      );
    }
    await this.meetings.require(id);
    const channels = await this.reader.channels(id);
    const untilMs = toMs ?? fromMs + LONGEST_MS;
    const last = channels
      .find((one) => one.channel === channel)
      ?.spans.findLast(({ startMs, endMs }) => endMs > fromMs && startMs < untilMs);
    if (!last) {
      throw new ProblemError('recording-not-found', 'No audio is kept of this stretch.');
    }
    const stretch = {
      channel,
      startMs: fromMs,
      endMs: toMs ?? Math.min(last.endMs, untilMs),
    };
    await this.recordings.assertWithinReach(id);
    const why = await this.reader.unreadable(id, stretch);
    if (why === 'damaged') logEvent('recording.damaged', { meetingId: id });
    if (why) throw UNREADABLE[why]();
    const content = Readable.from(this.reader.wav(id, stretch), { objectMode: false });
    content.once('error', (error) => {
      if (error.name !== 'AbortError') logEvent('recording.cut', { meetingId: id, err: error });
    });
    return { bytes: wavBytes(stretch), content };
  }

  async spans(id: string): Promise<Recording> {
    await this.meetings.require(id);
    return { channels: await this.reader.channels(id) };
  }

  async erase(id: string): Promise<void> {
    const { workspaceId } = await this.meetings.require(id);
    await this.recordings.assertWithinReach(id);
    await this.work.run(async ({ manager, emit }) => {
      await this.parts.keepNoMore(id, manager);
      emit(audited('recording.erased', id, {}, { meetingId: id, workspaceId }));
    });
    await reached('The audio cannot be reached; erase it again later.', () =>
      this.recordings.forget(id),
    );
  }
}
