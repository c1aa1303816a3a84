import type { QueryRunner } from 'typeorm';
import { meetingColumn, type TableHolding } from './holding';

/** Puts the trigger on every table of words that has none yet. */
export async function guardWords(
  runner: QueryRunner,
  schema: string,
  holdings: readonly TableHolding[],
): Promise<void> {
  for (const { words, ...holding } of holdings) {
    if (words?.refused === undefined) continue;
    const guarded = (await runner.query(
      `SELECT 1 FROM pg_trigger WHERE tgname = 'refuse_words' AND tgrelid = $1::regclass`,
      [`${schema}.${holding.table}`],
    )) as unknown[];
    if (guarded.length > 0) continue;
    await runner.query(
      `CREATE TRIGGER refuse_words BEFORE INSERT ON ${schema}.${holding.table}
         FOR EACH ROW WHEN (${words.refused})
         EXECUTE FUNCTION ${schema}.refuse_words('${meetingColumn({ ...holding })}')`,
    );
  }
}
