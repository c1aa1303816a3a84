import type { Guard } from './guards';
import { meetingColumn, type TableHolding } from './holding';

/**
 * Statements that put the trigger on every table of meetings that has none yet: declaring a table is all that its author
 * does. An older version, gone back to, knows of a newer table that it has a meeting, not that its rows stay; that is put right here.
 */
export function tableGuards(
  schema: string,
  holdings: readonly TableHolding[],
  guards: readonly Guard[],
): string[] {
  const guarded = new Set(
    guards.filter(({ name }) => name === 'refuse_erased').map(({ table }) => table),
  );
  return holdings.flatMap((holding) => {
    const { table, onErasure } = holding;
    if (onErasure === 'keep') {
      return guarded.has(table)
        ? [`DROP TRIGGER IF EXISTS refuse_erased ON ${schema}.${table}`]
        : [];
    }
    if (guarded.has(table)) return [];
    // Rows that go need no guard against changes: an upsert fires before it finds the row that is there.
    const when = typeof onErasure === 'object' ? 'INSERT OR UPDATE' : 'INSERT';
    return [
      `CREATE TRIGGER refuse_erased BEFORE ${when} ON ${schema}.${table}
         FOR EACH ROW EXECUTE FUNCTION ${schema}.refuse_erased('${meetingColumn(holding)}')`,
    ];
  });
}
