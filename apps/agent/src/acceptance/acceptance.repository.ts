import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { SuggestionKind } from '@parley/contracts';
import { Repository } from 'typeorm';
import { SuggestionEntity } from '../suggestions/suggestion.entity';
import type { Period } from './acceptance.dto';

/** How many of each kind's rows in a period came to what. */
export interface DecidedCounts {
  period: Date;
  kind: SuggestionKind;
  approved: number;
  edited: number;
  rejected: number;
  expired: number;
}

@Injectable()
export class AcceptanceRepository {
  constructor(
    @InjectRepository(SuggestionEntity) private readonly suggestions: Repository<SuggestionEntity>,
  ) {}

  /** Oldest period first. */
  count(workspaceId: string, from: Date, to: Date, period: Period): Promise<DecidedCounts[]> {
    return this.suggestions.query<DecidedCounts[]>(
      `SELECT date_trunc($4, decided_at, 'UTC') AS period, kind,
         count(*) FILTER (WHERE status = 'approved' AND NOT edited)::int AS approved,
         count(*) FILTER (WHERE status = 'approved' AND edited)::int AS edited,
         count(*) FILTER (WHERE status = 'rejected')::int AS rejected,
         count(*) FILTER (WHERE status = 'expired')::int AS expired
       FROM agent.suggestions
       WHERE workspace_id = $1 AND decided_at >= $2 AND decided_at < $3
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [workspaceId, from, to, period],
    );
  }
}
