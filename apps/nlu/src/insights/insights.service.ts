import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, newId, type Insight, type Segment } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import type { Page } from '@parley/service';
import { referencesIn, withReferences } from '../linking/link-entities';
import { LinkedEntitiesService } from '../linking/linked-entities.service';
import { MeetingsService } from '../meetings/meetings.service';
import { RefinementService } from '../refinement/refinement.service';
import { readCursor, writeCursor } from './insight-cursor';
import { InsightMetrics } from './insight.metrics';
import { InsightEntity } from './insight.entity';
import { InsightsRepository } from './insights.repository';
import { SegmentReader } from './segment-reader';

@Injectable()
export class InsightsService {
  constructor(
    @Inject(SegmentReader) private readonly reader: SegmentReader,
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
    const read = await this.reader.read(segment, workspaceId);
    if (!read) return;
    const row: InsightEntity = {
      ...(await this.refinement.refine(segment, read)),
      id: newId(),
      workspaceId,
      meetingId,
      segmentId: segment.id,
      revision: segment.revision,
      startMs: segment.startMs,
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
    const meeting = await this.meetings.require(meetingId);
    const rows = await this.insights.list(meetingId, limit + 1, after);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const references = referencesIn(items.length === 0 ? [] : await this.linked.of(meeting));
    const insights = items.map((row) => ({
      ...toInsight(row),
      entities: withReferences(row.segmentId, row.entities, references),
    }));
    return { items: insights, nextCursor: last ? writeCursor(last) : null };
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
