import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type {
  ActionArguments,
  ExpiryReason,
  SuggestionKind,
  SuggestionStatus,
} from '@parley/contracts';
import { type EntityManager, MoreThan, Repository } from 'typeorm';
import { MeetingEntity } from '../meetings/meeting.entity';
import { SuggestionEntity } from './suggestion.entity';

export interface SuggestionFilter {
  workspaceId: string;
  meetingId?: string;
  status?: SuggestionStatus;
}

/** What became of a pending suggestion. */
export type Decision =
  | { status: 'approved'; decidedBy: string; arguments: ActionArguments; edited: boolean }
  | { status: 'rejected'; decidedBy: string; rejectReason?: string }
  | { status: 'expired'; expiredBecause: ExpiryReason };

@Injectable()
export class SuggestionsRepository {
  constructor(
    @InjectRepository(SuggestionEntity) private readonly suggestions: Repository<SuggestionEntity>,
  ) {}

  /** @returns false when the meeting has it already. */
  async insert(manager: EntityManager, suggestion: SuggestionEntity): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(SuggestionEntity)
      .values(suggestion as object)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length === 1;
  }

  ofMeeting(meetingId: string): Promise<SuggestionEntity[]> {
    return this.suggestions.find({ where: { meetingId }, order: { id: 'ASC' } });
  }

  pendingOfKind(meetingId: string, kind: SuggestionKind): Promise<SuggestionEntity[]> {
    return this.suggestions.find({ where: { meetingId, kind, status: 'pending' } });
  }

  /** Pending ones of meetings that ended before; at most `limit`. */
  pendingSince(endedBefore: Date, limit: number): Promise<SuggestionEntity[]> {
    return this.suggestions
      .createQueryBuilder('suggestion')
      .innerJoin(MeetingEntity, 'meeting', 'meeting.id = suggestion.meetingId')
      .where("suggestion.status = 'pending' AND meeting.endedAt < :endedBefore", { endedBefore })
      .limit(limit)
      .getMany();
  }

  find(workspaceId: string, id: string): Promise<SuggestionEntity | null> {
    return this.suggestions.findOneBy({ workspaceId, id });
  }

  /** Oldest first; ids are time-ordered, so that the last id of a page is its cursor. */
  list(filter: SuggestionFilter, limit: number, afterId?: string): Promise<SuggestionEntity[]> {
    return this.suggestions.find({
      where: { ...filter, ...(afterId ? { id: MoreThan(afterId) } : {}) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** @returns whether it was pending until this call: exactly one of many callers is told true. */
  async decide(manager: EntityManager, id: string, decision: Decision): Promise<boolean> {
    const result = await manager.update(SuggestionEntity, { id, status: 'pending' }, {
      ...decision,
      decidedAt: new Date(),
    } as object);
    return result.affected === 1;
  }
}
