import type { QueryRunner } from 'typeorm';
import { meetingColumn, type TableHolding } from './holding';

/**
 * Puts the trigger on every table of words, anew where it refuses other rows than the list says by now. Only there:
 * it needs a lock that writers of other replicas would wait for.
 */
export async function guardWords(
  runner: QueryRunner,
  schema: string,
  holdings: readonly TableHolding[],
): Promise<void> {
  for (const { words, ...holding } of holdings) {
    if (words?.refused === undefined) continue;
    const table = `${schema}.${holding.table}`;
    const guarded = (await runner.query(
      `SELECT 1 FROM pg_trigger WHERE tgname = 'refuse_words' AND tgrelid = $1::regclass
         AND obj_description(oid, 'pg_trigger') = $2`,
      [table, words.refused],
    )) as unknown[];
    if (guarded.length > 0) continue;
    await runner.query(
      `CREATE OR REPLACE TRIGGER refuse_words BEFORE INSERT ON ${table}
         FOR EACH ROW WHEN (${words.refused})
         EXECUTE FUNCTION ${schema}.refuse_words('${meetingColumn({ ...holding })}')`,
    );
    // PostgreSQL tells the condition in its own words: what it was made of stands beside it.
    await runner.query(
      `COMMENT ON TRIGGER refuse_words ON ${table} IS '${words.refused.replaceAll("'", "''")}'`,
    );
  }
}
