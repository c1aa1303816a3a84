import type { TableHolding } from './holding';

interface Queries {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

/**
 * The declared tables, after those that have a `meeting_id`, or are called `meetings`, and that nobody declared: what
 * was forgotten in the list must not be forgotten in an erasure.
 */
export async function withUndeclared(
  queries: Queries,
  schema: string,
  declared: readonly TableHolding[],
): Promise<TableHolding[]> {
  const found = (await queries.query(
    `SELECT c.table_name AS "table", c.column_name AS meeting FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = $1 AND t.table_type = 'BASE TABLE'
       AND (c.column_name = 'meeting_id' OR (c.table_name = 'meetings' AND c.column_name = 'id'))
       AND c.table_name NOT IN ('erased_meetings', 'reduced_meetings') AND NOT c.table_name = ANY($2::text[])
     ORDER BY c.table_name`,
    [schema, declared.map(({ table }) => table)],
  )) as { table: string; meeting: string }[];
  const undeclared = found.map(({ table, meeting }) => ({
    table,
    meeting,
    holds: 'not described',
    onErasure: 'delete' as const,
  }));
  return [...undeclared, ...declared];
}
