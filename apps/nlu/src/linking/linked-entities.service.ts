import { Inject, Injectable } from '@nestjs/common';
import { ProblemError, type LinkedEntity } from '@parley/contracts';
import { requestContext, type Page } from '@parley/service';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { linkEntities } from './link-entities';
import { NamedRepository } from './named.repository';

/** Links at reading, and keeps nothing of it: what is erased or reduced is linked no more. */
@Injectable()
export class LinkedEntitiesService {
  constructor(
    @Inject(NamedRepository) private readonly named: NamedRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
  ) {}

  /** @throws ProblemError `meeting-not-found` */
  async list(meetingId: string): Promise<Page<LinkedEntity>> {
    const meeting = await this.meetings.find(requestContext().workspaceId, meetingId);
    if (!meeting) {
      throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    }
    return { items: await this.of(meeting), nextCursor: null };
  }

  async of({
    id,
    participants,
  }: Pick<MeetingEntity, 'id' | 'participants'>): Promise<LinkedEntity[]> {
    return linkEntities(await this.named.ofMeeting(id), participants);
  }
}
