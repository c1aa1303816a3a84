import type { SourceKind } from '@parley/contracts';

/** Where to look: always one workspace, sometimes some of its documents and meetings. */
export interface SearchScope {
  workspaceId: string;
  /** Ids of documents and meetings; all when missing, as with everything below. */
  sourceIds?: string[] | undefined;
  kinds?: SourceKind[] | undefined;
  /** RFC 3339. When the document was added, or the meeting began: from, inclusive. */
  from?: string | undefined;
  /** Until, exclusive. */
  to?: string | undefined;
  /** Documents that have all of these. */
  tags?: string[] | undefined;
}

/** The first two parameters of every statement: the workspace, and what else narrows it, or null. */
export function scopeParameters({
  workspaceId,
  ...narrower
}: SearchScope): [string, string | null] {
  const narrowed = Object.values(narrower).some((value) => value !== undefined);
  return [workspaceId, narrowed ? JSON.stringify(narrower) : null];
}

/** The ids of what `$2` narrows it to; see {@link scopeParameters}. */
export const SOURCES_IN_SCOPE = `SELECT s.id FROM rag.sources s
  WHERE s.workspace_id = $1
    AND ($2::jsonb -> 'sourceIds' IS NULL OR $2::jsonb -> 'sourceIds' ? s.id::text)
    AND ($2::jsonb -> 'kinds' IS NULL OR $2::jsonb -> 'kinds' ? s.kind)
    AND ($2::jsonb -> 'from' IS NULL OR s.happened_at >= ($2::jsonb ->> 'from')::timestamptz)
    AND ($2::jsonb -> 'to' IS NULL OR s.happened_at < ($2::jsonb ->> 'to')::timestamptz)
    AND ($2::jsonb -> 'tags' IS NULL OR to_jsonb(s.tags) @> ($2::jsonb -> 'tags'))`;

/** A condition on `rag.chunks c` with {@link scopeParameters} as `$1` and `$2`. */
export const IN_SCOPE = `c.workspace_id = $1 AND ($2::jsonb IS NULL OR c.source_id IN (${SOURCES_IN_SCOPE}))`;
