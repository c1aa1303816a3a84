import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { MeetingEntity } from './meeting.entity';

@Injectable()
export class MeetingsRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  find(workspaceId: string, id: string): Promise<MeetingEntity | null> {
    return this.meetings.findOneBy({ workspaceId, id });
  }

  async upsert(meeting: MeetingEntity): Promise<void> {
    await this.meetings.upsert(meeting, ['id']);
  }

  /** Its insights go with it. */
  async delete(workspaceId: string, id: string): Promise<void> {
    await this.meetings.delete({ workspaceId, id });
  }
}
