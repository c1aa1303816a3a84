import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AskedPerson } from './person.dto';

const BY_EMAIL = `EXISTS (
  SELECT 1 FROM jsonb_array_elements(held.participants) AS person
  WHERE lower(person->>'email') = lower($2))`;

const BY_NAME = `(EXISTS (
    SELECT 1 FROM jsonb_array_elements(held.participants) AS person
    WHERE lower(btrim(person->>'name')) = lower(btrim($2)))
  OR EXISTS (
    SELECT 1 FROM ingestion.timeline_entries entry
    WHERE entry.meeting_id = held.id AND entry.type IN ('segment.final', 'segment.revised')
      AND lower(btrim(entry.data->'speaker'->>'name')) = lower(btrim($2))))`;

@Injectable()
export class PersonsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The next meetings that somebody takes part in or speaks in, oldest first; ids are time-ordered. */
  async meetingsWith(
    workspaceId: string,
    { email, name }: AskedPerson,
    limit: number,
    afterId: string | null,
  ): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT held.id FROM ingestion.meetings held
       WHERE held.workspace_id = $1 AND ($3::uuid IS NULL OR held.id > $3::uuid)
         AND ${email === undefined ? BY_NAME : BY_EMAIL}
       ORDER BY held.id LIMIT $4`,
      [workspaceId, email ?? name, afterId, limit],
    );
    return rows.map(({ id }) => id);
  }
}
