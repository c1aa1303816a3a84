import type { CaptionEntry } from '@parley/bus';
import {
  makeEvent,
  segmentId,
  type MeetingId,
  type Segment,
  type Speaker,
} from '@parley/contracts';
import { isDataRefused, isMeetingErased, type Unit } from '@parley/database';
import { inSpan, logEvent, makeContext, runInContext } from '@parley/observability';
import { In, type EntityManager } from 'typeorm';
import { estimatedWords } from '../listening/estimated-words';
import { ChannelRedaction } from '../redaction/channel-redaction';
import { redactText } from '../redaction/redact';
import type { Lease } from '../sessions/leases.repository';
import type { SessionEntity } from '../sessions/session.entity';
import type { WriterDependencies } from '../sessions/session-writer';
import { toSpeaker } from '../speakers/speakers.repository';
import { BY_HAND, reviseSegment } from '../transcript/revisions';
import { SegmentEntity } from '../transcript/segment.entity';
import { toSegment } from '../transcript/to-segment';
import { CaptionEntity } from './caption.entity';

/** Stands as the engine of what came as text. */
const CAPTIONS = 'captions';

export type CaptionDependencies = Pick<
  WriterDependencies,
  'unitOfWork' | 'leases' | 'sessions' | 'speakers'
>;

/** What a caption says, as it may be kept. */
type Said = Pick<SegmentEntity, 'startMs' | 'endMs' | 'text' | 'words' | 'speaker'>;
type Progress = Partial<Pick<SessionEntity, 'checkpointMs' | 'nextOrdinal' | 'finals' | 'status'>>;

/** Writes the captions of one channel: segment, event and session in one transaction, each caption once. */
export class CaptionWriter {
  private readonly redaction: ChannelRedaction;

  constructor(
    private readonly lease: Lease,
    private readonly session: SessionEntity,
    private readonly on: CaptionDependencies,
  ) {
    this.redaction = new ChannelRedaction(session);
  }

  get completed(): boolean {
    return this.session.status === 'completed';
  }

  /**
   * In one transaction: a new caption becomes a segment, a later word on one that is known a revision of it. What is known
   * is left as it is, and so is what a person wrote over it. Of a meeting that keeps no words any more nothing is written,
   * and nothing of a caption that the database cannot hold: it would stand before all that follows for ever.
   * @throws LeaseLostError when another replica has the meeting: then nothing was written
   */
  async write(captions: readonly CaptionEntry[]): Promise<void> {
    const { meetingId, channel } = this.session;
    try {
      await this.writeTogether(captions);
    } catch (error) {
      if (isMeetingErased(error)) logEvent('caption.not-kept', { meetingId, channel });
      else if (!isDataRefused(error)) throw error;
      else if (captions.length === 1) logEvent('caption.unwritable', { meetingId, channel });
      // Only those are left out that cannot be written by themselves.
      else for (const caption of captions) await this.write([caption]);
    }
  }

  /** Nothing follows. */
  complete(): Promise<void> {
    const { checkpointMs: lastMs, finals, channel, meetingId, workspaceId } = this.session;
    return this.advance(({ emit }) => {
      const data = { channel, lastMs, finals };
      emit(makeEvent('transcript.completed', data, { meetingId, workspaceId }));
      return Promise.resolve({ status: 'completed' });
    });
  }

  private writeTogether(captions: readonly CaptionEntry[]): Promise<void> {
    const { workspaceId, meetingId, channel } = this.session;
    const attributes = { 'parley.meeting.id': meetingId, 'parley.channel': channel };
    const beganMsAgo = Math.max(0, Date.now() - Math.min(...captions.map(({ at }) => at)));
    return runInContext(makeContext('asr', { workspaceId }), () =>
      inSpan('captions', { parent: 'root', beganMsAgo, attributes }, () => this.keep(captions)),
    );
  }

  private keep(captions: readonly CaptionEntry[]): Promise<void> {
    return this.advance(async (unit) => {
      const { nextOrdinal, finals, checkpointMs } = this.session;
      const progress = { nextOrdinal, finals, checkpointMs };
      const before = await this.before(unit.manager, captions);
      if (this.redaction.ofNames) await this.learnNames(unit.manager, captions);
      // Speakers before segments, as whoever renames one locks them.
      const speakers = new Map<string, Speaker>();
      for (const caption of captions) {
        const named = this.speakerOf(caption);
        if (!named || speakers.has(named.id)) continue;
        speakers.set(named.id, await this.asCalledNow(unit.manager, named));
      }
      for (const caption of captions) {
        const speaker = speakers.get(this.speakerOf(caption)?.id ?? '') ?? null;
        await this.keepOne(unit, caption, speaker, before, progress);
      }
      return progress;
    });
  }

  /** Those that are known, by their ids; whom they said to speak is locked against a change. */
  private async before(
    manager: EntityManager,
    captions: readonly CaptionEntry[],
  ): Promise<Map<string, CaptionEntity>> {
    const { meetingId, channel } = this.session;
    const ids = captions.map(({ id }) => id);
    const known = await manager.findBy(CaptionEntity, { meetingId, channel, id: In(ids) });
    for (const id of new Set(known.map(({ speakerId }) => speakerId))) {
      if (id !== null) await this.on.speakers.current(manager, meetingId, id);
    }
    return new Map(known.map((caption) => [caption.id, caption]));
  }

  private async keepOne(
    { manager, emit }: Unit,
    caption: CaptionEntry,
    speaker: Speaker | null,
    before: Map<string, CaptionEntity>,
    progress: Pick<SessionEntity, 'checkpointMs' | 'nextOrdinal' | 'finals'>,
  ): Promise<void> {
    const { meetingId, channel, workspaceId } = this.session;
    const own = { meetingId, channel, id: caption.id };
    const saidAt = new Date(caption.at);
    const known = before.get(caption.id);
    // Read again from the log after a crash, or overtaken on the way.
    if (known && known.saidAt >= saidAt) return;
    const said = this.said(caption, speaker);
    const id = known?.segmentId ?? segmentId(meetingId as MeetingId, channel, progress.nextOrdinal);
    const segment = known
      ? await this.revise(manager, known, said)
      : await this.insert(manager, id, said);
    const speakerId = this.speakerOf(caption)?.id ?? null;
    const row = { ...own, segmentId: id, saidAt, speakerId };
    await manager.upsert(CaptionEntity, row, ['meetingId', 'channel', 'id']);
    before.set(caption.id, row);
    if (segment) {
      // Its words came all at once, and as they stand.
      const at = saidAt.toISOString();
      const times = { firstWordAt: at, lastWordAt: at, firstPartialAt: null, decodedAt: at };
      emit(makeEvent('transcript.final', { segment, times }, { meetingId, workspaceId }));
    }
    progress.checkpointMs = Math.max(progress.checkpointMs, caption.endMs);
    if (known) return;
    progress.nextOrdinal += 1;
    progress.finals += 1;
  }

  /** In one transaction, as long as the meeting is this replica's. */
  private async advance(work: (unit: Unit) => Promise<Progress>): Promise<void> {
    const { session, on } = this;
    const { checkpointMs, nextOrdinal, finals, status } = session;
    const next = await on.unitOfWork.run(async (unit) => {
      await on.leases.fence(unit.manager, this.lease);
      const to = { checkpointMs, nextOrdinal, finals, status, ...(await work(unit)) };
      await on.sessions.advance(unit.manager, session, to);
      return to;
    });
    Object.assign(session, next);
  }

  private said({ startMs, endMs, text }: CaptionEntry, speaker: Speaker | null): Said {
    const { what } = this.redaction;
    const clean = what ? redactText(text, what) : text;
    return { startMs, endMs, text: clean, words: estimatedWords(clean, startMs, endMs), speaker };
  }

  private speakerOf({ speaker }: CaptionEntry): Speaker | null {
    return speaker ?? this.session.speaker;
  }

  /** Who the captions say speaks is named by others as well; in memory only, as far as they are no participants. */
  private async learnNames(
    manager: EntityManager,
    captions: readonly CaptionEntry[],
  ): Promise<void> {
    this.redaction.know(await this.on.speakers.names(this.session.meetingId, manager));
    this.redaction.know(captions.flatMap(({ speaker }) => speaker?.name ?? []));
  }

  private async asCalledNow(manager: EntityManager, named: Speaker): Promise<Speaker> {
    const { meetingId } = this.session;
    const { what } = this.redaction;
    // A participant's name is the meeting's own; any other is as the sender wrote it.
    const isOwn = named.participantId !== undefined;
    const speaker = what && !isOwn ? { ...named, name: redactText(named.name, what) } : named;
    if (this.redaction.ofNames && !isOwn)
      await this.on.speakers.introduce(manager, meetingId, named.id);
    else await this.on.speakers.add(manager, meetingId, speaker);
    const known = await this.on.speakers.current(manager, meetingId, speaker.id);
    return known ? toSpeaker(known) : speaker;
  }

  private async insert(manager: EntityManager, id: string, said: Said): Promise<Segment> {
    const { meetingId, channel, workspaceId, language } = this.session;
    const about = { id, meetingId, workspaceId, channel, language, revision: 0 };
    const unheard = { engine: CAPTIONS, degraded: false, confidence: null, overlaps: null };
    const row = { ...about, ...said, ...unheard };
    await manager.insert(SegmentEntity, row);
    return toSegment(row);
  }

  /** @returns null where nothing is to be changed */
  private async revise(
    manager: EntityManager,
    { segmentId: id, speakerId }: CaptionEntity,
    heard: Said,
  ): Promise<Segment | null> {
    const { meetingId } = this.session;
    const before = speakerId && (await this.on.speakers.current(manager, meetingId, speakerId));
    return reviseSegment(manager, { meetingId, id }, (segment) => {
      // Somebody else than the caption said: a person named them.
      const named = (segment.speaker?.id ?? null) !== (before ? before.id : speakerId);
      const said = named ? { ...heard, speaker: segment.speaker } : heard;
      const same =
        segment.text === said.text &&
        segment.startMs === said.startMs &&
        segment.endMs === said.endMs &&
        segment.speaker?.id === said.speaker?.id;
      return same || segment.engine === BY_HAND ? null : said;
    });
  }
}
