import type { Broadcast } from '@parley/bus';
import { makeEvent, segmentId, type MeetingId } from '@parley/contracts';
import type { UnitOfWork } from '@parley/database';
import { makeContext, runInContext } from '@parley/observability';
import { Logger } from '@nestjs/common';
import { estimatedWords } from '../listening/estimated-words';
import type { Draft, Outcome, OutcomeSink } from '../listening/outcome';
import { SegmentEntity } from '../transcript/segment.entity';
import type { Lease, LeasesRepository } from './leases.repository';
import type { SessionEntity } from './session.entity';
import type { SessionsRepository } from './sessions.repository';

export interface WriterDependencies {
  unitOfWork: UnitOfWork;
  leases: LeasesRepository;
  sessions: SessionsRepository;
  broadcast: Broadcast;
  engineName: string;
}

/** Writes what one channel's listener understood: rows, events and checkpoint in one transaction. */
export class SessionWriter implements OutcomeSink {
  private readonly logger = new Logger(SessionWriter.name);

  constructor(
    private readonly lease: Lease,
    private readonly session: SessionEntity,
    private readonly on: WriterDependencies,
  ) {}

  /** @throws LeaseLostError when another replica has the meeting: then nothing was written */
  async settle(outcome: Outcome): Promise<void> {
    const { workspaceId } = this.session;
    // A context of its own: one trace for each utterance.
    await runInContext(makeContext('asr', { workspaceId }), () => this.write(outcome));
  }

  draft({ bounds, text }: Draft): void {
    const segment = { ...this.segment(bounds, text), final: false };
    this.on.broadcast.publish('segment.partial', segment).catch((error: unknown) => {
      this.logger.debug({ err: error }, 'a partial was not sent');
    });
  }

  private async write({ spans, checkpointMs, final, completed }: Outcome): Promise<void> {
    const { session, on } = this;
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
  }

  private finalSegment({ bounds, text, confidence }: NonNullable<Outcome['final']>) {
    return {
      ...this.segment(bounds, text),
      words: estimatedWords(text, bounds.speechStartMs, bounds.speechEndMs),
      ...(confidence === undefined ? {} : { confidence }),
    };
  }

  private segment({ startMs, endMs }: Draft['bounds'], text: string) {
    const { meetingId, channel, speaker, language, nextOrdinal } = this.session;
    return {
      id: segmentId(meetingId as MeetingId, channel, nextOrdinal),
      meetingId,
      channel,
      speaker,
      startMs,
      endMs,
      text,
      final: true,
      revision: 0,
      language,
      engine: this.on.engineName,
      degraded: false,
    };
  }
}
