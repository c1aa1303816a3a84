import type { QueryRunner } from 'typeorm';

/** The table that a service counts tokens in: of a meeting, and when the model was first withheld. Migrations run it: it never changes. */
export async function createModelUse(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(
    `CREATE TABLE ${schema}.model_use (
       meeting_id uuid PRIMARY KEY,
       tokens bigint NOT NULL DEFAULT 0,
       withheld_at timestamptz
     )`,
  );
}
