import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ActionArguments, SuggestionStatus } from '@parley/contracts';
import { type EntityManager, MoreThan, Repository } from 'typeorm';
import { SuggestionEntity } from './suggestion.entity';

export interface SuggestionFilter {
  workspaceId: string;
  meetingId?: string;
  status?: SuggestionStatus;
}

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
  async decide(
    manager: EntityManager,
    id: string,
    decision: {
      status: 'approved' | 'rejected';
      decidedBy: string;
      arguments?: ActionArguments;
      rejectReason?: string;
    },
  ): Promise<boolean> {
    const result = await manager.update(
      SuggestionEntity,
      { id, status: 'pending' },
      decision as object,
    );
    return result.affected === 1;
  }
}
