import { Inject, Injectable } from '@nestjs/common';
import { ProblemError, type MeetingTopic } from '@parley/contracts';
import { requestContext, type Page } from '@parley/service';
import { MeetingsService } from '../meetings/meetings.service';
import { meetingTopics } from './meeting-topics';
import { SpokenLinesRepository } from './spoken-lines.repository';

/** Divides at reading, and keeps nothing of it: what is erased or reduced has no topics any more. */
@Injectable()
export class MeetingTopicsService {
  constructor(
    @Inject(SpokenLinesRepository) private readonly lines: SpokenLinesRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
  ) {}

  /** @throws ProblemError `meeting-not-found` */
  async list(meetingId: string): Promise<Page<MeetingTopic>> {
    const meeting = await this.meetings.find(requestContext().workspaceId, meetingId);
    if (!meeting) {
      throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    }
    return { items: meetingTopics(await this.lines.ofMeeting(meeting.id)), nextCursor: null };
  }
}
