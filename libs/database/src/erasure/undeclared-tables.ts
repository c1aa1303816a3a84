import type { TableHolding } from './holding';

/** Who answers SQL: a query runner as an entity manager. */
export interface Queries {
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
    // The catalogue itself: the views of `information_schema` over it take as long as all else that a start asks.
    `SELECT c.relname AS "table", a.attname AS meeting FROM pg_attribute a
     JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
       AND (a.attname = 'meeting_id' OR (c.relname = 'meetings' AND a.attname = 'id'))
       AND c.relname NOT IN ('erased_meetings', 'reduced_meetings') AND NOT c.relname = ANY($2::text[])
     ORDER BY c.relname`,
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
