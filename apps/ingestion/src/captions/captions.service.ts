import { Inject, Injectable } from '@nestjs/common';
import { AudioForgottenError, AudioLog, type CaptionEntry } from '@parley/bus';
import { newId, ProblemError } from '@parley/contracts';
import { UnitOfWork, type Unit } from '@parley/database';
import { ChannelsRepository } from '../audio/channels.repository';
import { sessionOpened } from '../audio/session-opened';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { PrivacyRepository } from '../privacy/privacy.repository';
import { areWordsWithheld } from '../privacy/withheld';
import type { CaptionsTaken, Utterance } from './caption.dto';
import { utterancesIn } from './utterances-in';
import { captionSpeaker } from './caption-speaker';
import { captionTimes } from './caption-times';

const DEFAULT_CHANNEL = 'captions';
/** Of a channel: beyond it asr is far behind, and the sender keeps the rest until it has caught up. */
const MOST_HELD_BYTES = 8_000_000;
const TRY_AGAIN_SECONDS = 5;

/** A file of subtitles, as it came. */
export interface SentFile {
  file: Buffer | undefined;
  text: string | undefined;
}

/** Takes what others have heard: it goes where audio goes, and becomes segments as speech does. */
@Injectable()
export class CaptionsService {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(PrivacyRepository) private readonly privacy: PrivacyRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(AudioLog) private readonly log: AudioLog,
  ) {}

  /**
   * Resolves once all is safe that may be kept.
   * @throws ProblemError `meeting-not-found`, `meeting-ended`, `conflict` for a channel of audio or one that has ended,
   *   `at-capacity` when asr is far behind, `validation-failed` for times that cannot be
   */
  async add(
    meetingId: string,
    utterances: readonly Utterance[],
    channel = DEFAULT_CHANNEL,
  ): Promise<CaptionsTaken> {
    await this.meetings.require(meetingId);
    await this.requireRoom(meetingId, channel);
    return this.work.run(async (unit) => {
      // Held until all is in the log: what may be kept does not change meanwhile, and the meeting does not end.
      const meeting = await this.held(unit, meetingId);
      const said = utterances.map((one) => ({ ...one, ...captionTimes(one, meeting, new Date()) }));
      const entries = said.flatMap((one) => entryOf(one, channel, meeting) ?? []);
      if (entries.length > 0) {
        await this.open(unit, meeting, channel);
        await this.append(meetingId, entries);
      }
      return { channel, accepted: entries.length, withheld: said.length - entries.length };
    });
  }

  /**
   * The same of all that is said in a file of subtitles.
   * @throws ProblemError the same; `validation-failed` as {@link utterancesIn} says, and unless there is either a file or a text
   */
  async import(meetingId: string, sent: SentFile, channel?: string): Promise<CaptionsTaken> {
    // Before a word is said of the file.
    await this.meetings.require(meetingId);
    return this.add(meetingId, utterancesIn(textOf(sent)), channel);
  }

  private async requireRoom(meetingId: string, channel: string): Promise<void> {
    if ((await this.log.heldBytes(meetingId, channel)) < MOST_HELD_BYTES) return;
    throw new ProblemError(
      'at-capacity',
      'More captions wait here than can be taken: send these again in a moment.',
      { retryAfterSeconds: TRY_AGAIN_SECONDS },
    );
  }

  private async held({ manager }: Unit, meetingId: string): Promise<MeetingEntity> {
    const meeting = await this.privacy.hold(manager, meetingId);
    if (!meeting) throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    if (meeting.status === 'live') return meeting;
    throw new ProblemError('meeting-ended', 'This meeting has ended and takes no more captions.');
  }

  private async open(unit: Unit, meeting: MeetingEntity, channel: string): Promise<void> {
    const opened = { channel, source: 'captions' as const };
    if (await this.channels.open(unit.manager, meeting.id, opened)) {
      unit.emit(sessionOpened(meeting, opened));
      return;
    }
    const all = await this.channels.within(unit.manager, meeting.id);
    const known = all.find((one) => one.channel === channel);
    if (known?.source === 'audio' || known?.ended) {
      const why = known.source === 'audio' ? 'takes audio' : 'was stopped';
      throw new ProblemError(
        'conflict',
        `Channel ${channel} ${why}; use another one for captions.`,
      );
    }
  }

  private async append(meetingId: string, entries: readonly CaptionEntry[]): Promise<void> {
    try {
      await Promise.all(entries.map((entry) => this.log.append(meetingId, entry)));
    } catch (error) {
      if (error instanceof AudioForgottenError) {
        throw new ProblemError('gone', 'This meeting was erased.');
      }
      throw new ProblemError('unavailable', 'The captions could not be stored; send them again.', {
        cause: error,
        retryAfterSeconds: TRY_AGAIN_SECONDS,
      });
    }
  }
}

function textOf({ file, text }: SentFile): string {
  if (file && text === undefined) return new TextDecoder().decode(file);
  if (!file && text !== undefined) return text;
  throw new ProblemError(
    'validation-failed',
    'Send either a multipart field "file", or "text" as JSON.',
  );
}

/** Null where it may not be kept. */
function entryOf(
  { id, text, speaker: name, startMs, endMs }: Utterance & { startMs: number; endMs: number },
  channel: string,
  meeting: MeetingEntity,
): CaptionEntry | null {
  const { speaker, participant } = captionSpeaker(name, channel, meeting.participants);
  if (areWordsWithheld(meeting, participant)) return null;
  const at = Date.now();
  const own = { id: id ?? newId<string>(), at, startMs, endMs };
  return { kind: 'caption', channel, ...own, speaker, text: text.trim() };
}
