import { Inject, Injectable } from '@nestjs/common';
import { isId, ProblemError, type Meeting } from '@parley/contracts';
import { requestContext, ServiceClient } from '@parley/service';
import type { EntityManager } from 'typeorm';
import type { MeetingEntity } from './meeting.entity';
import { MeetingsRepository } from './meetings.repository';

@Injectable()
export class MeetingsService {
  constructor(
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(ServiceClient) private readonly services: ServiceClient,
  ) {}

  async remember(meeting: MeetingEntity): Promise<void> {
    await this.meetings.upsert(meeting);
  }

  /** Keeps, until the transaction ends, the meeting from being erased. @returns false when it was. */
  hold(manager: EntityManager, id: string): Promise<boolean> {
    return this.meetings.hold(manager, id);
  }

  /**
   * The meeting as its start told it, or, since events come in no promised order, as ingestion tells it now.
   * @returns null when there is no such meeting, or none any more.
   */
  async find(workspaceId: string, id: string): Promise<MeetingEntity | null> {
    if (!isId(id)) return null;
    const known = await this.meetings.find(workspaceId, id);
    if (known) return known;
    const asked = await this.ask(id);
    if (!asked) return null;
    const { title, participants, timeZone, startedAt } = asked;
    const meeting = {
      id,
      workspaceId,
      title,
      participants,
      timeZone,
      startedAt: new Date(startedAt),
    };
    await this.meetings.upsert(meeting);
    return meeting;
  }

  /**
   * The meeting that a request is about.
   * @throws ProblemError `meeting-not-found` also for one of another workspace.
   */
  async require(id: string): Promise<MeetingEntity> {
    const meeting = await this.find(requestContext().workspaceId, id);
    if (!meeting) {
      throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    }
    return meeting;
  }

  private async ask(id: string): Promise<Meeting | null> {
    try {
      return await this.services.request<Meeting>('ingestion', 'GET', `/v1/meetings/${id}`);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'meeting-not-found') return null;
      throw error;
    }
  }
}
