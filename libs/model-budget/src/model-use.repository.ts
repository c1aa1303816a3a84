import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MODEL_USER, type ModelUser } from './model-budget.settings';

/** Tokens by meeting, in Postgres: every replica counts in the same row, and a restart forgets nothing. */
@Injectable()
export class ModelUseRepository {
  private readonly table: string;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MODEL_USER) service: ModelUser,
  ) {
    this.table = `${service}.model_use`;
  }

  /**
   * Adds `tokens` to each meeting that stays within `limit`.
   * @returns those meetings; a request of another replica cannot come between look and write.
   */
  async addWithin(meetingIds: string[], tokens: number, limit: number): Promise<string[]> {
    if (tokens > limit) return [];
    const rows: { meeting_id: string }[] = await this.database.query(
      `INSERT INTO ${this.table} AS known (meeting_id, tokens)
       SELECT id, $2 FROM unnest($1::uuid[]) AS id ORDER BY id
       ON CONFLICT (meeting_id) DO UPDATE SET tokens = known.tokens + $2
         WHERE known.tokens + $2 <= $3
       RETURNING meeting_id`,
      [meetingIds, tokens, limit],
    );
    return rows.map(({ meeting_id: id }) => id);
  }

  /** Adds, or with a negative number takes back; an erased meeting has no row to change. */
  async add(meetingIds: string[], tokens: number): Promise<void> {
    await this.database.query(
      // Locked in one order: two requests about the same meetings would wait for each other.
      `WITH mine AS (
         SELECT meeting_id FROM ${this.table} WHERE meeting_id = ANY($1::uuid[])
         ORDER BY meeting_id FOR UPDATE
       )
       UPDATE ${this.table} used SET tokens = greatest(0, used.tokens + $2)
       FROM mine WHERE used.meeting_id = mine.meeting_id`,
      [meetingIds, tokens],
    );
  }

  /** @returns those of the meetings of which it was not known before. */
  async markWithheld(meetingIds: string[]): Promise<string[]> {
    const rows: { meeting_id: string }[] = await this.database.query(
      `INSERT INTO ${this.table} AS known (meeting_id, withheld_at)
       SELECT id, now() FROM unnest($1::uuid[]) AS id ORDER BY id
       ON CONFLICT (meeting_id) DO UPDATE SET withheld_at = now() WHERE known.withheld_at IS NULL
       RETURNING meeting_id`,
      [meetingIds],
    );
    return rows.map(({ meeting_id: id }) => id);
  }
}
