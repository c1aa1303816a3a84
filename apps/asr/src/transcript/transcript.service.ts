import { Inject, Injectable } from '@nestjs/common';
import { isId, ProblemError, type Segment } from '@parley/contracts';
import { requestContext } from '@parley/observability';
import type { Page, PageQuery } from '@parley/service';
import { LeasesRepository } from '../sessions/leases.repository';
import type { SegmentEntity } from './segment.entity';
import { fromCursor, toCursor } from './transcript.cursor';
import { TranscriptRepository } from './transcript.repository';

@Injectable()
export class TranscriptService {
  constructor(
    @Inject(TranscriptRepository) private readonly segments: TranscriptRepository,
    @Inject(LeasesRepository) private readonly meetings: LeasesRepository,
  ) {}

  async page(meetingId: string, { limit, cursor }: PageQuery): Promise<Page<Segment>> {
    await this.requireMeeting(meetingId);
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const rows = await this.segments.page(meetingId, limit + 1, after);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(toSegment),
      nextCursor: rows.length > limit && last ? toCursor(last) : null,
    };
  }

  private async requireMeeting(meetingId: string): Promise<void> {
    const meeting = isId(meetingId) ? await this.meetings.find(meetingId) : null;
    if (meeting?.workspaceId === requestContext().workspaceId) return;
    throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
  }
}

function toSegment({ workspaceId: _, confidence, ...row }: SegmentEntity): Segment {
  return { ...row, final: true, ...(confidence === null ? {} : { confidence }) };
}
