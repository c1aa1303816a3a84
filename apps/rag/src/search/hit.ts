import type { Citation, SearchHit } from '@parley/contracts';
import { coverage, inverseFrequency, type Corpus } from './bm25';
import { bestQuote, type Quotable } from './quote';
import { WEIGHTS, type RankedChunk } from './ranking';
import { relevance } from './relevance';
import type { FoundChunk } from './search.repository';

/** What a hit is described with. */
export interface HitContext {
  /** Missing when words did not count. */
  corpus: Corpus | undefined;
  /** See {@link bestQuote}. */
  lean: number;
  explain: boolean;
}

/** A ranked chunk, loaded. */
export interface FoundHit {
  chunk: FoundChunk;
  ranked: RankedChunk;
  /** Missing when no model was asked, or it failed. */
  reranked?: { score: number; placeBefore: number };
}

/** A ranked chunk as the API shows it. */
export function toHit(hit: FoundHit, { corpus, lean, explain }: HitContext): SearchHit {
  const { chunk, ranked, reranked } = hit;
  const { cosine } = ranked.evidence;
  const score = relevance({
    ...(corpus ? { coverage: coverage(corpus, chunk.terms) } : {}),
    ...(cosine === undefined ? {} : { cosine }),
  });
  return {
    chunkId: chunk.id,
    ...(chunk.documentId === null ? {} : { documentId: chunk.documentId }),
    ...(chunk.meetingId === null ? {} : { meetingId: chunk.meetingId }),
    text: chunk.text,
    ...(chunk.startMs === null ? {} : { startMs: chunk.startMs }),
    score: rounded(score),
    scores: {
      ...(cosine === undefined ? {} : { vector: rounded(cosine) }),
      ...(corpus ? { keyword: rounded(ranked.keyword) } : {}),
      fused: rounded(ranked.fused),
      // Some models give all that fits little less than a ten-thousandth: in this order they stand.
      ...(reranked ? { reranked: Number(reranked.score.toPrecision(4)) } : {}),
    },
    citation: citationOf(chunk, corpus, lean),
    ...(explain ? { explanation: explanationOf(hit, corpus) } : {}),
  };
}

/** A meeting is cited by the segment that was spoken, a document by its chunk. */
function citationOf(chunk: FoundChunk, corpus: Corpus | undefined, lean: number): Citation {
  const [first, ...others] = chunk.segments;
  const texts: [Quotable, ...Quotable[]] = first ? [first, ...others] : [chunk];
  return {
    type: first ? 'segment' : 'chunk',
    ...bestQuote(texts, corpus, lean),
    ...(chunk.page === null ? {} : { page: chunk.page }),
    ...(chunk.title === '' ? {} : { source: chunk.title }),
  };
}

function explanationOf(
  { chunk, ranked, reranked }: FoundHit,
  corpus: Corpus | undefined,
): NonNullable<SearchHit['explanation']> {
  const { evidence, repeated } = ranked;
  const { own, around, cosine } = evidence;
  return {
    terms: corpus
      ? chunk.terms.map((term) => ({ term, weight: rounded(inverseFrequency(corpus, term)) }))
      : [],
    own: rounded(own),
    around: rounded(WEIGHTS.around * around),
    ...(cosine === undefined ? {} : { meaning: rounded(WEIGHTS.meaning * Math.max(0, cosine)) }),
    repeated,
    ...(reranked ? { placeBefore: reranked.placeBefore } : {}),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
