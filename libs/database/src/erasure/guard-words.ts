import type { Guard } from './guards';
import { meetingColumn, type TableHolding } from './holding';

/**
 * Statements that put the trigger on every table of words, anew where it refuses other rows than the list says by now.
 * Only there: it needs a lock that writers of other replicas would wait for.
 */
export function wordGuards(
  schema: string,
  holdings: readonly TableHolding[],
  guards: readonly Guard[],
): string[] {
  return holdings.flatMap((holding) => {
    const { refused } = holding.words ?? {};
    if (refused === undefined) return [];
    const guard = guards.find(
      ({ name, table }) => name === 'refuse_words' && table === holding.table,
    );
    if (guard?.about === refused) return [];
    const table = `${schema}.${holding.table}`;
    return [
      `CREATE OR REPLACE TRIGGER refuse_words BEFORE INSERT ON ${table}
         FOR EACH ROW WHEN (${refused})
         EXECUTE FUNCTION ${schema}.refuse_words('${meetingColumn(holding)}')`,
      // PostgreSQL tells the condition in its own words: what it was made of stands beside it.
      `COMMENT ON TRIGGER refuse_words ON ${table} IS '${refused.replaceAll("'", "''")}'`,
    ];
  });
}
