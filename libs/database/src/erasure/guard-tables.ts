import type { QueryRunner } from 'typeorm';
import { meetingColumn, type TableHolding } from './holding';
import { withUndeclared } from './undeclared-tables';

/**
 * Puts the trigger on every table of meetings that has none yet: declaring a table is all that its author does. An older
 * version, gone back to, knows of a newer table that it has a meeting, not that its rows stay; that is put right here.
 */
export async function guardTables(
  runner: QueryRunner,
  schema: string,
  holdings: readonly TableHolding[],
): Promise<void> {
  const rows = (await runner.query(
    `SELECT c.relname AS "table" FROM pg_trigger t
     JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND t.tgname = 'refuse_erased'`,
    [schema],
  )) as { table: string }[];
  const guarded = new Set(rows.map(({ table }) => table));
  for (const holding of await withUndeclared(runner, schema, holdings)) {
    const isGuarded = guarded.has(holding.table);
    if (holding.onErasure === 'keep') {
      if (isGuarded) await runner.query(`DROP TRIGGER refuse_erased ON ${schema}.${holding.table}`);
      continue;
    }
    if (isGuarded) continue;
    // Rows that go need no guard against changes: an upsert fires before it finds the row that is there.
    const when = typeof holding.onErasure === 'object' ? 'INSERT OR UPDATE' : 'INSERT';
    await runner.query(
      `CREATE TRIGGER refuse_erased BEFORE ${when} ON ${schema}.${holding.table}
         FOR EACH ROW EXECUTE FUNCTION ${schema}.refuse_erased('${meetingColumn(holding)}')`,
    );
  }
}
