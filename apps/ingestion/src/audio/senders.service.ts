import { Inject, Injectable } from '@nestjs/common';
import { AudioForgottenError, AudioLog } from '@parley/bus';
import { SETTINGS } from '@parley/config';
import { newId, ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { CoverageRepository } from '../coverage/coverage.repository';
import type { IngestionSettings } from '../ingestion.settings';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { PrivacyRepository } from '../privacy/privacy.repository';
import type { PrivacyChange } from '../privacy/privacy.service';
import type { PrivacyState } from '../privacy/withheld';
import type { Recorder } from '../recordings/recorder';
import { RecordingsService } from '../recordings/recordings.service';
import { AdmissionService } from './admission.service';
import { AudioIntake } from './audio-intake';
import type { StartMessage } from './audio-message';
import { ChannelOpenings } from './channel-openings';
import { ChannelEnds } from './channel-ends';
import { ChannelsRepository, type Sender } from './channels.repository';
import type { SenderSession } from './sender-session';
import { Sending } from './sending';

/** What a sender says of itself. */
export type SenderStart = Pick<StartMessage, 'channel' | 'sender' | 'resumeFrom'>;

/** Who sends on which channel of which meeting: one at a time. */
@Injectable()
export class SendersService {
  /** Those that this replica holds, by meeting. */
  private readonly held = new Map<string, Set<Sending>>();

  constructor(
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(PrivacyRepository) private readonly privacy: PrivacyRepository,
    @Inject(CoverageRepository) private readonly coverage: CoverageRepository,
    @Inject(AdmissionService) private readonly admission: AdmissionService,
    @Inject(ChannelEnds) private readonly ends: ChannelEnds,
    @Inject(ChannelOpenings) private readonly openings: ChannelOpenings,
    @Inject(AudioLog) private readonly log: AudioLog,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
  ) {}

  /** @throws ProblemError `meeting-ended`; `at-capacity`; `channel-busy`; `conflict` for a channel that was stopped. */
  async begin(meetingId: string, start: SenderStart, session: SenderSession): Promise<Sending> {
    const meeting = await this.meetings.requireLive(meetingId);
    const channel = start.channel ?? 'main';
    const sender = { id: newId(), key: start.sender ?? null };
    await this.admission.admit(meetingId);
    await this.openings.open(meetingId, { channel, source: 'audio' });
    await this.supersede(meetingId, channel, sender);
    const notedMs = await this.channels.claim(meetingId, channel, sender);
    if (notedMs === null) throw await this.refusal(meetingId, channel);
    try {
      // What was noted is up to two seconds old when a process dies; the log forgets when Redis does.
      const receivedMs = Math.max(notedMs, await this.log.receivedMs(meetingId, channel));
      const recorder = meeting.keepAudio ? this.recordings.recorder(meetingId, channel) : null;
      const intake = this.intake(meetingId, channel, receivedMs, start, session, recorder);
      const sending = new Sending(meetingId, channel, sender, intake, session, {
        channels: this.channels,
        privacy: this.privacy,
        coverage: this.coverage,
        ends: this.ends,
        over: (one) => {
          if (recorder) this.recordings.finish(recorder);
          this.forget(one);
        },
      });
      this.held.set(meetingId, (this.held.get(meetingId) ?? new Set()).add(sending));
      // It may have ended, or gone off the record, before this sender was in the list of those to be told.
      const now = await this.meetings.requireLive(meetingId).catch(async (error: unknown) => {
        await sending.finish(false);
        throw error;
      });
      sending.obey(stateOf(now));
      return sending;
    } catch (error) {
      const state = { receivedMs: notedMs, ended: false };
      await this.channels.release(meetingId, channel, sender.id, state);
      throw error;
    }
  }

  /** Finishes the senders that this replica holds, then the channels that nobody holds. */
  async endMeeting(meetingId: string): Promise<void> {
    await Promise.all(this.of(meetingId).map(({ session }) => session.end()));
    await this.ends.endAbandoned(meetingId);
  }

  /** Nothing more is taken of a meeting that was erased, and what waits is dropped. */
  eraseMeeting(meetingId: string): void {
    for (const { intake, session } of this.of(meetingId)) {
      intake.abandon();
      session.fail(erased());
    }
  }

  /** What may be kept has changed. */
  obey({ meetingId, ...state }: PrivacyChange): void {
    for (const sending of this.of(meetingId)) sending.obey(state);
  }

  private of(meetingId: string): Sending[] {
    return [...(this.held.get(meetingId) ?? [])];
  }

  private forget(sending: Sending): void {
    const held = this.held.get(sending.meetingId);
    held?.delete(sending);
    if (held?.size === 0) this.held.delete(sending.meetingId);
  }

  /** Its own lost connection, which nobody may have noticed yet, must write nothing behind its back. */
  private async supersede(meetingId: string, channel: string, { key }: Sender): Promise<void> {
    if (key === null) return;
    const ghosts = this.of(meetingId).filter(
      (one) => one.channel === channel && one.sender.key === key,
    );
    await Promise.all(ghosts.map(({ session }) => session.supersede()));
  }

  private async refusal(meetingId: string, channel: string): Promise<ProblemError> {
    const known = await this.channels.find(meetingId, channel);
    if (known?.source === 'captions') {
      return new ProblemError('conflict', `Channel ${channel} takes captions; open another one.`);
    }
    if (!known?.ended) {
      return new ProblemError('channel-busy', `Somebody else is sending on channel ${channel}.`);
    }
    // The process may have died between marking the end and saying it; twice is as good as once.
    if (!known.completed) await this.ends.say(meetingId, channel, known.receivedMs);
    return new ProblemError('conflict', `Channel ${channel} was stopped; open another one.`);
  }

  private intake(
    meetingId: string,
    channel: string,
    receivedMs: number,
    start: SenderStart,
    session: SenderSession,
    recorder: Recorder | null,
  ): AudioIntake {
    return new AudioIntake(this.log, {
      meetingId,
      channel,
      receivedMs,
      resumeFromMs: start.resumeFrom ?? receivedMs,
      backlogMs: this.settings.AUDIO_BACKLOG_SECONDS * 1_000,
      ...(recorder && {
        record: (atMs: number, pcm: Buffer) => {
          recorder.take(atMs, pcm);
        },
      }),
      durable: (offsetMs) => {
        session.acknowledge(offsetMs);
      },
      failed: (error) => {
        if (error instanceof AudioForgottenError) {
          session.fail(erased());
          return;
        }
        logEvent('audio.not-stored', { meetingId, err: error });
        session.fail(
          new ProblemError('unavailable', 'The audio could not be stored; resume later.'),
        );
      },
    });
  }
}

function erased(): ProblemError {
  return new ProblemError('gone', 'This meeting was erased.');
}

function stateOf({ privacyEpoch: epoch, privacyMode, participants }: MeetingEntity): PrivacyState {
  return { epoch, privacyMode, participants };
}
