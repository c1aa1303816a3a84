import type { SearchResults } from '@parley/client';

export type SearchHit = SearchResults['items'][number];

/** The hits in one meeting or one document. */
export interface HitGroup {
  key: string;
  kind: 'meeting' | 'document';
  /** Where the whole of it is shown. */
  href: string;
  title: string | null;
  hits: SearchHit[];
}

/** Below it a hit is a stray match, not an answer. */
const WEAK = 0.4;
/** Where all are stray, so many of them may still be of use. */
const MOST_WEAK = 3;

export function isWeak({ score }: SearchHit): boolean {
  return score < WEAK;
}

/** Those that hold what was asked for; where none does, the nearest. */
export function worthShowing(hits: readonly SearchHit[]): SearchHit[] {
  const strong = hits.filter((hit) => !isWeak(hit));
  return strong.length > 0 ? strong : hits.slice(0, MOST_WEAK);
}

/** The groups in the order of the best hit of each; within one in the order in which they were found. */
export function groupHits(hits: readonly SearchHit[]): HitGroup[] {
  const groups = new Map<string, HitGroup>();
  for (const hit of hits) {
    const kind = hit.documentId ? 'document' : 'meeting';
    const id = hit.documentId ?? hit.meetingId ?? '';
    const key = `${kind}-${id}`;
    const group = groups.get(key) ?? {
      ...{ key, kind, href: `/${kind}s/${id}`, hits: [] as SearchHit[] },
      title: hit.citation.source ?? null,
    };
    // Passages of a meeting overlap: one line may have been found in two of them.
    if (!group.hits.some(({ citation }) => isSameQuote(citation, hit.citation))) {
      group.hits.push(hit);
    }
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Where a hit stands: at the line that was spoken, or the passage of the document. */
export function placeOf({ documentId, meetingId, chunkId, citation }: SearchHit): string {
  return documentId
    ? `/documents/${documentId}?chunk=${encodeURIComponent(chunkId)}`
    : `/meetings/${meetingId ?? ''}?line=${encodeURIComponent(citation.id)}`;
}

function isSameQuote(one: SearchHit['citation'], other: SearchHit['citation']): boolean {
  return one.id === other.id && one.quote === other.quote;
}
