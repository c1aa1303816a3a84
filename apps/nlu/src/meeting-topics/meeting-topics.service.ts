import { Inject, Injectable } from '@nestjs/common';
import type { MeetingTopic } from '@parley/contracts';
import type { Page } from '@parley/service';
import { FoundRepository } from '../insights/found.repository';
import { MeetingsService } from '../meetings/meetings.service';
import { meetingTopics } from './meeting-topics';
import { toTopicLine } from './topic-line';

/** Divides at reading, and keeps nothing of it: what is erased or reduced has no topics any more. */
@Injectable()
export class MeetingTopicsService {
  constructor(
    @Inject(FoundRepository) private readonly found: FoundRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
  ) {}

  /** @throws ProblemError `meeting-not-found` */
  async list(meetingId: string): Promise<Page<MeetingTopic>> {
    const meeting = await this.meetings.require(meetingId);
    const found = await this.found.ofMeeting(meeting.id);
    const lines = found.map((segment) => ({ ...segment, ...toTopicLine(segment) }));
    return { items: meetingTopics(lines), nextCursor: null };
  }
}
