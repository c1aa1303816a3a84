import { Inject, Injectable } from '@nestjs/common';
import type { TimelineEntry } from '@parley/contracts';
import { CoverageService } from '../coverage/coverage.service';
import { MeetingsService } from '../meetings/meetings.service';
import { TimelineRepository } from '../timeline/timeline.repository';
import { FOLDED_TYPES, TimelineFold } from './fold-timeline';
import type { MeetingExport } from './meeting-export';

const PAGE = 1_000;

@Injectable()
export class ExportsService {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(TimelineRepository) private readonly timeline: TimelineRepository,
    @Inject(CoverageService) private readonly coverage: CoverageService,
  ) {}

  /** @throws ProblemError `meeting-not-found` */
  async get(meetingId: string): Promise<MeetingExport> {
    const meeting = await this.meetings.get(meetingId);
    const fold = new TimelineFold();
    let page: TimelineEntry[];
    do {
      page = await this.timeline.after(meetingId, fold.cursor, PAGE, FOLDED_TYPES);
      for (const entry of page) fold.add(entry);
    } while (page.length === PAGE);
    const coverage = await this.coverage.compute(meetingId);
    return { exportedAt: new Date().toISOString(), meeting, ...fold.state, coverage };
  }
}
