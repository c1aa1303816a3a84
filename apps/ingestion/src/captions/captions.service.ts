import { isUtf8 } from 'node:buffer';
import { Inject, Injectable } from '@nestjs/common';
import { AudioForgottenError, AudioLog, type CaptionEntry } from '@parley/bus';
import { newId, ProblemError } from '@parley/contracts';
import { assertStorable, fileOrText, type FileOrText } from '@parley/service';
import { ChannelOpenings } from '../audio/channel-openings';
import { ChannelsRepository } from '../audio/channels.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { wasOffTheRecord } from '../privacy/off-the-record';
import { areWordsWithheld } from '../privacy/withheld';
import type { CaptionsTaken, Utterance } from './caption.dto';
import { utterancesIn } from './utterances-in';
import { captionSpeaker } from './caption-speaker';
import { captionTimes } from './caption-times';

const DEFAULT_CHANNEL = 'captions';
/** Of a channel: beyond it asr is far behind, and the sender keeps the rest until it has caught up. */
const MOST_HELD_BYTES = 8_000_000;
const TRY_AGAIN_SECONDS = 5;
/** So many are appended before it is asked again what may be kept. */
const BATCH = 200;

type TimedUtterance = Utterance & { startMs: number; endMs: number };

/** Takes what others have heard: it goes where audio goes, and becomes segments as speech does. */
@Injectable()
export class CaptionsService {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(ChannelOpenings) private readonly openings: ChannelOpenings,
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
    return this.take(await this.meetings.requireLive(meetingId), utterances, channel);
  }

  /**
   * The same of all that is said in a file of subtitles.
   * @throws ProblemError the same; `validation-failed` as {@link utterancesIn} says, and unless there is either a file or a text
   */
  async import(
    meetingId: string,
    sent: FileOrText,
    channel = DEFAULT_CHANNEL,
  ): Promise<CaptionsTaken> {
    // Before a word is said of the file.
    const meeting = await this.meetings.requireLive(meetingId);
    return this.take(
      meeting,
      utterancesIn(textOf(fileOrText(sent)), meeting.captionSecret),
      channel,
    );
  }

  private async take(
    meeting: MeetingEntity,
    utterances: readonly Utterance[],
    channel: string,
  ): Promise<CaptionsTaken> {
    await this.requireRoom(meeting.id, channel);
    // All of them before any: what cannot be taken is not taken in part.
    const said = utterances.map((one) => ({ ...one, ...captionTimes(one, meeting, new Date()) }));
    // asr hears of the channel before it meets it in the log.
    await this.open(meeting.id, channel);
    let accepted = 0;
    for (let at = 0; at < said.length; at += BATCH) {
      // What may be kept may have changed since the last ones.
      const now = await this.meetings.requireLive(meeting.id);
      const kept = said.slice(at, at + BATCH).flatMap((one) => entryOf(one, channel, now) ?? []);
      await this.store(meeting.id, kept);
      accepted += kept.length;
    }
    // Behind the end of its channel nothing is read: where that came first, they are not safe.
    await this.meetings.requireLive(meeting.id);
    return { channel, accepted, withheld: said.length - accepted };
  }

  private async requireRoom(meetingId: string, channel: string): Promise<void> {
    if ((await this.log.heldBytes(meetingId, channel)) < MOST_HELD_BYTES) return;
    throw new ProblemError(
      'at-capacity',
      'More captions wait here than can be taken: send these again in a moment.',
      { retryAfterSeconds: TRY_AGAIN_SECONDS },
    );
  }

  private async open(meetingId: string, channel: string): Promise<void> {
    await this.openings.open(meetingId, { channel, source: 'captions' });
    const known = await this.channels.find(meetingId, channel);
    if (known?.source !== 'audio' && !known?.ended) return;
    const why = known.source === 'audio' ? 'takes audio' : 'was stopped';
    throw new ProblemError('conflict', `Channel ${channel} ${why}; use another one for captions.`);
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

function textOf(sent: Buffer | string): string {
  if (typeof sent === 'string') return sent;
  if (!isUtf8(sent)) throw new ProblemError('validation-failed', 'The file is not text in UTF-8.');
  const text = sent.toString('utf8');
  assertStorable(text);
  return text;
}

/** Null where it may not be kept: neither now, nor when it was said. */
function entryOf(
  { id, text, speaker: name, startMs, endMs }: TimedUtterance,
  channel: string,
  meeting: MeetingEntity,
): CaptionEntry | null {
  const { speaker, participant } = captionSpeaker(name, channel, meeting);
  if (areWordsWithheld(meeting, participant)) return null;
  if (wasOffTheRecord(meeting.offTheRecord, { startMs, endMs })) return null;
  const own = { id: id ?? newId<string>(), at: Date.now(), startMs, endMs };
  return { kind: 'caption', channel, ...own, speaker, text: text.trim() };
}
