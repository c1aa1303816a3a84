import type { Broadcast } from '@parley/bus';
import { makeEvent, segmentId, type MeetingId } from '@parley/contracts';
import type { UnitOfWork } from '@parley/database';
import { inSpan, logEvent, makeContext, runInContext } from '@parley/observability';
import type { Draft, Final, Outcome, OutcomeSink } from '../listening/outcome';
import { SegmentEntity } from '../transcript/segment.entity';
import type { Lease, LeasesRepository } from './leases.repository';
import type { SessionEntity } from './session.entity';
import type { SessionsRepository } from './sessions.repository';

export interface WriterDependencies {
  unitOfWork: UnitOfWork;
  leases: LeasesRepository;
  sessions: SessionsRepository;
  broadcast: Broadcast;
  /** How long ago the end of the speech arrived; 0 when that is not known. */
  sinceHeardMs(bounds: Draft['bounds']): number;
  /** Called when a final segment stands in the database, with how long that took. */
  written(bounds: Draft['bounds'], writingSeconds: number): void;
}

/** Writes what one channel's listener understood: rows, events and checkpoint in one transaction. */
export class SessionWriter implements OutcomeSink {
  constructor(
    private readonly lease: Lease,
    private readonly session: SessionEntity,
    private readonly on: WriterDependencies,
  ) {}

  /** @throws LeaseLostError when another replica has the meeting: then nothing was written */
  async settle(outcome: Outcome): Promise<void> {
    const { workspaceId } = this.session;
    const { meetingId, channel } = this.session;
    const { final } = outcome;
    // A context of its own: one trace for each utterance, from when its last word was here.
    await runInContext(makeContext('asr', { workspaceId }), () => {
      if (!final) return this.write(outcome);
      const { startMs, endMs } = final.bounds;
      const attributes = {
        'parley.meeting.id': meetingId,
        'parley.channel': channel,
        'parley.audio.ms': Math.round(endMs - startMs),
      };
      const beganMsAgo = this.on.sinceHeardMs(final.bounds);
      return inSpan('utterance', { parent: 'root', beganMsAgo, attributes }, () =>
        this.write(outcome),
      );
    });
  }

  draft(draft: Draft): void {
    const segment = { ...this.segment(draft), final: false };
    this.on.broadcast.publish('segment.partial', segment).catch((error: unknown) => {
      logEvent('partial.not-sent', { err: error });
    });
  }

  private async write({ spans, checkpointMs, final, completed }: Outcome): Promise<void> {
    const { session, on } = this;
    const startedAt = performance.now();
    const { meetingId, channel, workspaceId } = session;
    const segment = final ? this.finalSegment(final) : null;
    const next = {
      checkpointMs,
      nextOrdinal: session.nextOrdinal + (segment ? 1 : 0),
      status: completed ? ('completed' as const) : session.status,
    };
    await on.unitOfWork.run(async ({ manager, emit }) => {
      const about = { meetingId, workspaceId };
      await on.leases.fence(manager, this.lease);
      if (segment) {
        const { final: _, confidence = null, ...row } = segment;
        await manager.insert(SegmentEntity, { ...row, confidence, workspaceId });
        emit(makeEvent('transcript.final', { segment }, about));
      }
      const covered = spans.filter((span) => span.endMs > span.startMs);
      if (covered.length > 0) {
        emit(makeEvent('transcript.covered', { channel, spans: covered }, about));
      }
      await on.sessions.advance(manager, session, next);
      if (completed) {
        const data = { channel, lastMs: checkpointMs, finals: next.nextOrdinal };
        emit(makeEvent('transcript.completed', data, about));
      }
    });
    Object.assign(session, next);
    if (final) on.written(final.bounds, (performance.now() - startedAt) / 1_000);
  }

  private finalSegment({ words, degraded, confidence, ...draft }: Final) {
    return {
      ...this.segment(draft),
      words,
      degraded,
      ...(confidence === undefined ? {} : { confidence }),
    };
  }

  private segment({ bounds, text, engine }: Draft) {
    const { meetingId, channel, speaker, language, nextOrdinal } = this.session;
    return {
      id: segmentId(meetingId as MeetingId, channel, nextOrdinal),
      meetingId,
      channel,
      speaker,
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
