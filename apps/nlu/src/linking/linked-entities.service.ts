import { Inject, Injectable } from '@nestjs/common';
import type { LinkedEntity } from '@parley/contracts';
import type { Page } from '@parley/service';
import { FoundRepository } from '../insights/found.repository';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MeetingsService } from '../meetings/meetings.service';
import { linkEntities } from './link-entities';

/** Links at reading, and keeps nothing of it: what is erased or reduced is linked no more. */
@Injectable()
export class LinkedEntitiesService {
  constructor(
    @Inject(FoundRepository) private readonly found: FoundRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
  ) {}

  /** @throws ProblemError `meeting-not-found` */
  async list(meetingId: string): Promise<Page<LinkedEntity>> {
    return { items: await this.of(await this.meetings.require(meetingId)), nextCursor: null };
  }

  async of({
    id,
    participants,
  }: Pick<MeetingEntity, 'id' | 'participants'>): Promise<LinkedEntity[]> {
    return linkEntities(await this.found.namedIn(id), participants);
  }
}
