import { Inject, Injectable } from '@nestjs/common';
import { isId, ProblemError } from '@parley/contracts';
import { requestContext } from '@parley/observability';
import { LeasesRepository } from './leases.repository';
import type { MeetingEntity } from './meeting.entity';

/** The meetings that a caller may know of: those of their own workspace. */
@Injectable()
export class KnownMeetings {
  constructor(@Inject(LeasesRepository) private readonly meetings: LeasesRepository) {}

  /** @throws ProblemError `meeting-not-found` */
  async require(meetingId: string): Promise<MeetingEntity> {
    const meeting = isId(meetingId) ? await this.meetings.find(meetingId) : null;
    if (meeting?.workspaceId === requestContext().workspaceId) return meeting;
    throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
  }
}
