import { isUtf8 } from 'node:buffer';
import { Inject, Injectable } from '@nestjs/common';
import { AudioForgottenError, AudioLog, type CaptionEntry } from '@parley/bus';
import { newId, ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { assertStorable } from '@parley/service';
import type { EntityManager } from 'typeorm';
import { ChannelsRepository } from '../audio/channels.repository';
import { sessionOpened } from '../audio/session-opened';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { wasOffTheRecord } from '../privacy/off-the-record';
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
/** So many are appended while their meeting is held: some ten milliseconds. */
const BATCH = 200;

type TimedUtterance = Utterance & { startMs: number; endMs: number };

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
    const known = await this.meetings.require(meetingId);
    assertLive(known);
    await this.requireRoom(meetingId, channel);
    // All of them before any: what cannot be taken is not taken in part.
    const said = utterances.map((one) => ({ ...one, ...captionTimes(one, known, new Date()) }));
    // asr hears of the channel before it meets it in the log.
    await this.open(meetingId, channel);
    let accepted = 0;
    for (let at = 0; at < said.length; at += BATCH) {
      accepted += await this.append(meetingId, channel, said.slice(at, at + BATCH));
    }
    return { channel, accepted, withheld: said.length - accepted };
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

  /** Where nothing may be kept yet, asr hears of the channel once that changes. */
  private async open(meetingId: string, channel: string): Promise<void> {
    await this.work.run(async ({ manager, emit }) => {
      const meeting = await this.held(manager, meetingId);
      const opened = { channel, source: 'captions' as const };
      if (await this.channels.open(manager, meetingId, opened)) {
        if (meeting.recorded) emit(sessionOpened(meeting, opened));
        return;
      }
      const all = await this.channels.within(manager, meetingId);
      const known = all.find((one) => one.channel === channel);
      if (known?.source !== 'audio' && !known?.ended) return;
      const why = known.source === 'audio' ? 'takes audio' : 'was stopped';
      throw new ProblemError(
        'conflict',
        `Channel ${channel} ${why}; use another one for captions.`,
      );
    });
  }

  /**
   * The meeting is held until they are in the log: what may be kept does not change meanwhile, and the meeting does not end.
   * @returns how many may be kept
   */
  private async append(
    meetingId: string,
    channel: string,
    said: readonly TimedUtterance[],
  ): Promise<number> {
    return this.work.run(async ({ manager }) => {
      const meeting = await this.held(manager, meetingId);
      const entries = said.flatMap((one) => entryOf(one, channel, meeting) ?? []);
      await this.store(meetingId, entries);
      return entries.length;
    });
  }

  private async held(manager: EntityManager, meetingId: string): Promise<MeetingEntity> {
    const meeting = await this.privacy.holdLightly(manager, meetingId);
    if (!meeting) throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    assertLive(meeting);
    return meeting;
  }

  private async store(meetingId: string, entries: readonly CaptionEntry[]): Promise<void> {
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

function assertLive({ status }: MeetingEntity): void {
  if (status === 'live') return;
  throw new ProblemError('meeting-ended', 'This meeting has ended and takes no more captions.');
}

function textOf({ file, text }: SentFile): string {
  if (file && text === undefined) return decoded(file);
  if (!file && text !== undefined) return text;
  throw new ProblemError(
    'validation-failed',
    'Send either a multipart field "file", or "text" as JSON.',
  );
}

function decoded(file: Buffer): string {
  if (!isUtf8(file)) throw new ProblemError('validation-failed', 'The file is not text in UTF-8.');
  const text = file.toString('utf8');
  assertStorable(text);
  return text;
}

/** Null where it may not be kept: neither now, nor when it was said. */
function entryOf(
  { id, text, speaker: name, startMs, endMs }: TimedUtterance,
  channel: string,
  meeting: MeetingEntity,
): CaptionEntry | null {
  const { speaker, participant } = captionSpeaker(name, channel, meeting.participants);
  if (areWordsWithheld(meeting, participant)) return null;
  if (wasOffTheRecord(meeting.offTheRecord, { startMs, endMs })) return null;
  const own = { id: id ?? newId<string>(), at: Date.now(), startMs, endMs };
  return { kind: 'caption', channel, ...own, speaker, text: text.trim() };
}
