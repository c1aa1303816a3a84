import { Inject, Injectable } from '@nestjs/common';
import type { Segment } from '@parley/contracts';
import { pageFrom, type Page, type PageQuery } from '@parley/service';
import { KnownMeetings } from '../sessions/known-meetings';
import { toSegment } from './to-segment';
import { fromCursor, toCursor } from './transcript.cursor';
import { TranscriptRepository } from './transcript.repository';

@Injectable()
export class TranscriptService {
  constructor(
    @Inject(TranscriptRepository) private readonly segments: TranscriptRepository,
    @Inject(KnownMeetings) private readonly meetings: KnownMeetings,
  ) {}

  async page(meetingId: string, { limit, cursor }: PageQuery): Promise<Page<Segment>> {
    await this.meetings.require(meetingId);
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const rows = await this.segments.page(meetingId, limit + 1, after);
    return pageFrom(rows, limit, toSegment, toCursor);
  }
}
