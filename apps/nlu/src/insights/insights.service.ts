import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, newId, ProblemError, type Insight, type Segment } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { requestContext, type Page } from '@parley/service';
import { MAX_TEXT_LENGTH, readText } from '../analysis/analyse-text';
import { withReferences } from '../linking/link-entities';
import { LinkedEntitiesService } from '../linking/linked-entities.service';
import { MeetingsService } from '../meetings/meetings.service';
import { RefinementService } from '../refinement/refinement.service';
import { readCursor, writeCursor } from './insight-cursor';
import { InsightMetrics } from './insight.metrics';
import { InsightEntity } from './insight.entity';
import { InsightsRepository } from './insights.repository';
import { carriedOn, intentsOf, LOOK_BACK, spokenBefore } from './spoken-before';

@Injectable()
export class InsightsService {
  constructor(
    @Inject(InsightsRepository) private readonly insights: InsightsRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(RefinementService) private readonly refinement: RefinementService,
    @Inject(LinkedEntitiesService) private readonly linked: LinkedEntitiesService,
    @Inject(InsightMetrics) private readonly metrics: InsightMetrics,
  ) {}

  /** Finds out what a segment means and tells; the same revision again, or an older one, changes nothing. */
  async understand(segment: Segment, workspaceId: string): Promise<void> {
    const { meetingId } = segment;
    const meeting = await this.meetings.find(workspaceId, meetingId);
    if (!meeting) {
      // Erased meanwhile: nothing may be kept of it.
      logEvent('segment.of-no-meeting', { meetingId, segmentId: segment.id });
      return;
    }
    const kept = await this.insights.carriedBefore(segment, LOOK_BACK);
    const startedAt = performance.now();
    const { analysis, carried } = readText(this.bounded(segment), {
      at: new Date(meeting.startedAt.getTime() + segment.startMs),
      timeZone: meeting.timeZone,
      participants: meeting.participants,
      before: spokenBefore(kept, segment),
    });
    this.metrics.analysed((performance.now() - startedAt) / 1_000);
    const row: InsightEntity = {
      ...(await this.refinement.refine(segment, analysis, intentsOf(kept))),
      id: newId(),
      workspaceId,
      meetingId,
      segmentId: segment.id,
      revision: segment.revision,
      startMs: segment.startMs,
      carries: carriedOn(carried, segment),
    };
    const written = await this.work.run(async ({ manager, emit }) => {
      if (!(await this.meetings.hold(manager, meetingId))) return false;
      const id = await this.insights.put(manager, row);
      if (id === null) return false;
      const insight = toInsight({ ...row, id });
      emit(makeEvent('insight.created', { insight, segment }, { meetingId, workspaceId }));
      return true;
    });
    if (written) this.metrics.written(row.intent);
  }

  /** @throws ProblemError `meeting-not-found`, or `validation-failed` for a cursor that is not ours. */
  async list(meetingId: string, limit: number, cursor?: string): Promise<Page<Insight>> {
    const after = cursor === undefined ? null : readCursor(cursor);
    const meeting = await this.meetings.find(requestContext().workspaceId, meetingId);
    if (!meeting) {
      throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    }
    const rows = await this.insights.list(meetingId, limit + 1, after);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const linked = items.length === 0 ? [] : await this.linked.of(meeting);
    const insights = items.map((row) => ({
      ...toInsight(row),
      entities: withReferences(row.segmentId, row.entities, linked),
    }));
    return { items: insights, nextCursor: last ? writeCursor(last) : null };
  }

  private bounded({ id, meetingId, text }: Segment): string {
    if (text.length > MAX_TEXT_LENGTH) {
      logEvent('segment.cut', { meetingId, segmentId: id, characters: text.length });
    }
    return text.slice(0, MAX_TEXT_LENGTH);
  }
}

function toInsight(row: InsightEntity): Insight {
  const { id, meetingId, segmentId, intent, confidence } = row;
  const { entities, sentiment, topics, engine, degraded } = row;
  return {
    id,
    meetingId,
    segmentId,
    intent,
    confidence,
    entities,
    sentiment,
    topics,
    engine,
    degraded,
  };
}
