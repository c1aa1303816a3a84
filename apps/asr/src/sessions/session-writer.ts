import type { Broadcast } from '@parley/bus';
import {
  makeEvent,
  segmentId,
  type HearingTimes,
  type MeetingId,
  type Segment,
  type Speaker,
  type Word,
} from '@parley/contracts';
import { isMeetingErased, type UnitOfWork } from '@parley/database';
import type { EntityManager } from 'typeorm';
import { inSpan, logEvent, makeContext, runInContext } from '@parley/observability';
import type { Draft, Final, Outcome, OutcomeSink, Spoken, Voices } from '../listening/outcome';
import { ChannelRedaction } from '../redaction/channel-redaction';
import { redactAgreed, redactSpeech } from '../redaction/redact';
import { toSpeaker, type SpeakersRepository } from '../speakers/speakers.repository';
import { reviseSpeaker } from '../transcript/revisions';
import { SegmentEntity } from '../transcript/segment.entity';
import type { VoicesRepository } from '../voices/voices.repository';
import type { Lease, LeasesRepository } from './leases.repository';
import type { SessionEntity } from './session.entity';
import type { SessionsRepository } from './sessions.repository';

export interface WriterDependencies {
  unitOfWork: UnitOfWork;
  leases: LeasesRepository;
  sessions: SessionsRepository;
  speakers: SpeakersRepository;
  voices: VoicesRepository;
  broadcast: Broadcast;
  /** Who is known to be there as this begins. */
  people: readonly string[];
  /** How long ago the audio at this moment of the channel arrived; null when that is not known. */
  arrivedMsAgo(ms: number): number | null;
  /** Called when a final segment stands in the database, with how long that took. */
  written(bounds: Spoken['bounds'], writingSeconds: number): void;
}

/** Writes what one channel's listener understood: rows, events and checkpoint in one transaction. */
export class SessionWriter implements OutcomeSink {
  /** When the first draft of the utterance in hand went out: drafts come once all before it is written. */
  private firstPartialAt: string | null = null;
  private readonly redaction: ChannelRedaction;

  constructor(
    private readonly lease: Lease,
    private readonly session: SessionEntity,
    private readonly on: WriterDependencies,
  ) {
    this.redaction = new ChannelRedaction(session, on.people);
  }

  /** @throws LeaseLostError when another replica has the meeting: then nothing was written */
  async settle(outcome: Outcome): Promise<void> {
    const { workspaceId } = this.session;
    const { meetingId, channel } = this.session;
    const [final] = outcome.finals;
    const times = this.timesOf(outcome.finals);
    this.firstPartialAt = null;
    // A context of its own: one trace for each utterance, from when its last word was here.
    await runInContext(makeContext('asr', { workspaceId }), () => {
      if (!final) return this.keep(outcome, times);
      const { startMs, endMs } = final.bounds;
      const attributes = {
        'parley.meeting.id': meetingId,
        'parley.channel': channel,
        'parley.audio.ms': Math.round(endMs - startMs),
      };
      const beganMsAgo = this.on.arrivedMsAgo(final.bounds.speechEndMs) ?? 0;
      return inSpan('utterance', { parent: 'root', beganMsAgo, attributes }, () =>
        this.keep(outcome, times),
      );
    });
  }

  draft(draft: Draft): void {
    const { speaker } = this.session;
    const { what } = this.redaction;
    const { text, stableLength } = what ? redactAgreed(draft, what) : draft;
    const segment = {
      ...this.segment({ ...draft, text }),
      ...{ speaker, stableLength, final: false },
    };
    this.firstPartialAt ??= new Date().toISOString();
    this.on.broadcast.publish('segment.partial', segment).catch((error: unknown) => {
      logEvent('partial.not-sent', { err: error });
    });
  }

  /**
   * Where no words may be kept any more, all but these: the audio counts as dealt with, and goes.
   * Of an erased meeting that is refused, too.
   */
  private async keep(outcome: Outcome, times: HearingTimes[]): Promise<void> {
    try {
      await this.write(outcome, times);
    } catch (error) {
      if (!isMeetingErased(error)) throw error;
      await this.write(withoutWords(outcome), []);
    }
  }

  /** Of each part. The first draft was of the first part's words; when one first held those of another is not known. */
  private timesOf(finals: readonly Final[]): HearingTimes[] {
    const { firstPartialAt } = this;
    const now = Date.now();
    const arrived = (ms: number): string | undefined => {
      const msAgo = this.on.arrivedMsAgo(ms);
      return msAgo === null ? undefined : new Date(now - msAgo).toISOString();
    };
    return finals.map(({ bounds: { speechStartMs, speechEndMs } }, part) => {
      const [firstWordAt, lastWordAt] = [arrived(speechStartMs), arrived(speechEndMs)];
      return {
        ...(firstWordAt ? { firstWordAt } : {}),
        ...(lastWordAt ? { lastWordAt } : {}),
        ...(part === 0 || firstPartialAt === null ? { firstPartialAt } : {}),
        decodedAt: new Date(now).toISOString(),
      };
    });
  }

  private async write(
    { spans, checkpointMs, finals, voices, completed }: Outcome,
    times: HearingTimes[],
  ): Promise<void> {
    const { session, on } = this;
    const startedAt = performance.now();
    const { meetingId, channel, workspaceId } = session;
    const next = {
      checkpointMs,
      nextOrdinal: session.nextOrdinal + (finals.length > 0 ? 1 : 0),
      finals: session.finals + finals.length,
      status: completed ? ('completed' as const) : session.status,
    };
    await on.unitOfWork.run(async ({ manager, emit }) => {
      const about = { meetingId, workspaceId };
      await on.leases.fence(manager, this.lease);
      for (const segment of await this.introduce(manager, voices)) {
        emit(makeEvent('transcript.final', { segment }, about));
      }
      if (this.redaction.ofNames && finals.length > 0) {
        this.redaction.know(await on.speakers.names(meetingId, manager));
      }
      const { what } = this.redaction;
      for (const [part, final] of finals.entries()) {
        const speaker = await this.speakerOf(manager, final);
        // Before anything is written or told.
        const clean = what ? redactSpeech(final, final.bounds, what) : final;
        const segment = { ...this.finalSegment(clean, part), speaker };
        const { final: _, confidence = null, ...row } = segment;
        const { voiceId = null } = final;
        await manager.insert(SegmentEntity, { ...row, voiceId, confidence, workspaceId });
        const heard = times[part];
        emit(makeEvent('transcript.final', { segment, ...(heard ? { times: heard } : {}) }, about));
      }
      const covered = spans.filter((span) => span.endMs > span.startMs);
      if (covered.length > 0) {
        emit(makeEvent('transcript.covered', { channel, spans: covered }, about));
      }
      await on.sessions.advance(manager, session, next);
      if (completed) {
        const data = { channel, lastMs: checkpointMs, finals: next.finals };
        emit(makeEvent('transcript.completed', data, about));
      }
    });
    Object.assign(session, next);
    const writingSeconds = (performance.now() - startedAt) / 1_000;
    for (const { bounds } of finals) on.written(bounds, writingSeconds);
  }

  /** Keeps what is known of the voices. @returns earlier segments of those who are somebody from now on */
  private async introduce(manager: EntityManager, voices: Voices | undefined): Promise<Segment[]> {
    if (!voices) return [];
    const { session, on } = this;
    const { meetingId } = session;
    await on.voices.save(manager, session, voices.state);
    const revised: Segment[] = [];
    for (const voiceId of voices.sure) {
      if (!(await on.speakers.introduce(manager, meetingId, voiceId))) continue;
      const speaker = await on.speakers.current(manager, meetingId, voiceId);
      if (!speaker) continue;
      revised.push(...(await reviseSpeaker(manager, { meetingId, voiceId }, toSpeaker(speaker))));
    }
    return revised;
  }

  /** As they are called now. */
  private async speakerOf(manager: EntityManager, { voiceId }: Final): Promise<Speaker | null> {
    const { speaker, meetingId } = this.session;
    const id = voiceId === undefined ? speaker?.id : voiceId;
    if (id === undefined || id === null) return null;
    const known = await this.on.speakers.current(manager, meetingId, id);
    return known ? toSpeaker(known) : voiceId === undefined ? speaker : null;
  }

  private finalSegment(
    { words, degraded, confidence, overlaps, voiceId: _, ...draft }: Final,
    part: number,
  ): Omit<Segment, 'speaker' | 'words' | 'language'> & { words: Word[]; language: string } {
    return {
      ...this.segment(draft, part),
      words,
      degraded,
      ...(confidence === undefined ? {} : { confidence }),
      ...(overlaps === undefined ? {} : { overlaps }),
    };
  }

  private segment({ bounds, text, engine }: Spoken, part = 0) {
    const { meetingId, channel, language, nextOrdinal } = this.session;
    return {
      id: segmentId(meetingId as MeetingId, channel, nextOrdinal, part),
      meetingId,
      channel,
      startMs: bounds.startMs,
      endMs: bounds.endMs,
      text,
      final: true,
      revision: 0,
      language,
      engine,
      degraded: false,
    };
  }
}

function withoutWords({ spans, checkpointMs, completed }: Outcome): Outcome {
  return {
    spans: spans.map((span) =>
      span.state === 'transcribed' ? { ...span, state: 'withheld' } : span,
    ),
    checkpointMs,
    finals: [],
    ...(completed ? { completed } : {}),
  };
}
