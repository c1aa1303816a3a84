import { tableGuards } from './guard-tables';
import { wordGuards } from './guard-words';
import type { TableHolding } from './holding';
import { withUndeclared, type Queries } from './undeclared-tables';

/** A trigger of ours that stands on a table. */
export interface Guard {
  table: string;
  name: 'refuse_erased' | 'refuse_words';
  /** Its comment: of `refuse_words` the condition that it was made of. */
  about: string | null;
}

/** The statements that put right which tables of `schema` refuse what was erased; none when all do, as at most starts. */
export async function lackingGuards(
  queries: Queries,
  schema: string,
  holdings: readonly TableHolding[],
): Promise<string[]> {
  const guards = (await queries.query(
    `SELECT c.relname AS "table", t.tgname AS name, obj_description(t.oid, 'pg_trigger') AS about
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND t.tgname IN ('refuse_erased', 'refuse_words')`,
    [schema],
  )) as Guard[];
  return [
    ...tableGuards(schema, await withUndeclared(queries, schema, holdings), guards),
    ...wordGuards(schema, holdings, guards),
  ];
}
