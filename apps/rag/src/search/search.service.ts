import { Inject, Injectable } from '@nestjs/common';
import {
  ProblemError,
  type SearchHit,
  type SearchMode,
  type SearchResults,
} from '@parley/contracts';
import { requestContext } from '@parley/service';
import { coverage, type Corpus } from './bm25';
import { fuse, type Fused } from './fusion';
import { MAX_CANDIDATES, wantedTerms } from './keyword-candidates';
import { rankByKeywords, type Ranked } from './keyword-ranking';
import { QueryEmbedder } from './query-embedder';
import { queryWords } from './query-words';
import { bestQuote } from './quote';
import { relevance } from './relevance';
import { SearchMetrics } from './search.metrics';
import {
  SearchRepository,
  type FoundChunk,
  type QueryVector,
  type Scope,
} from './search.repository';

export interface Search {
  query: string;
  mode: SearchMode;
  limit: number;
  documentIds?: string[] | undefined;
}

/** Where a ranking stops to matter. */
const RANKED = 50;
/**
 * The local vectors are the weaker sense. Of 63 questions to ten QMSum meetings, plain BM25 answered 25 within
 * five hits, equal weights 25, this 28: few questions, and chosen on these very ones, so only a direction.
 */
const VECTOR_WEIGHT = 0.3;

@Injectable()
export class SearchService {
  constructor(
    @Inject(SearchRepository) private readonly chunks: SearchRepository,
    @Inject(QueryEmbedder) private readonly embedder: QueryEmbedder,
    @Inject(SearchMetrics) private readonly metrics: SearchMetrics,
  ) {}

  /** @throws ProblemError `unavailable` when only vectors were asked for and the model fails. */
  async search(search: Search): Promise<SearchResults> {
    const startedAt = performance.now();
    const results = await this.find(search);
    const seconds = (performance.now() - startedAt) / 1_000;
    this.metrics.searched(search.mode, seconds, results.degraded);
    return results;
  }

  private async find({ query, mode, limit, documentIds }: Search): Promise<SearchResults> {
    const scope = { workspaceId: requestContext().workspaceId, documentIds: documentIds ?? null };
    // The thread embeds while the database counts.
    const embedding = mode === 'keyword' ? undefined : this.embedder.embed(query);
    const corpus =
      mode === 'vector'
        ? undefined
        : await this.chunks.corpus(scope.workspaceId, queryWords(query));
    const keywords = corpus ? await this.byKeywords(scope, corpus) : [];
    const vector = await embedding;
    if (mode === 'vector' && !vector) {
      throw new ProblemError('unavailable', 'The embedding model cannot be used now.');
    }
    const nearest = vector ? await this.chunks.nearest(scope, vector, RANKED) : [];

    const fused = fuse([
      { ids: keywords.slice(0, RANKED).map((hit) => hit.id), weight: corpus ? 1 : 0 },
      { ids: nearest, weight: corpus ? VECTOR_WEIGHT : 1 },
    ]).slice(0, limit);
    const items = await this.describe(scope, fused, keywords, corpus, vector);
    return { items, degraded: mode === 'hybrid' && !vector };
  }

  private async byKeywords(scope: Scope, corpus: Corpus): Promise<Ranked[]> {
    const wanted = wantedTerms(corpus);
    if (wanted.length === 0) return [];
    const terms = [...corpus.frequencies.keys()];
    const candidates = await this.chunks.holding(scope, wanted, terms, MAX_CANDIDATES);
    return rankByKeywords(corpus, candidates);
  }

  private async describe(
    scope: Scope,
    fused: Fused[],
    keywords: Ranked[],
    corpus: Corpus | undefined,
    vector: QueryVector | undefined,
  ): Promise<SearchHit[]> {
    if (fused.length === 0) return [];
    const terms = [...(corpus?.frequencies.keys() ?? [])];
    const ids = fused.map((hit) => hit.id);
    const found = await this.chunks.load(scope, ids, terms, vector);
    const byKeyword = new Map(keywords.map((hit) => [hit.id, hit.score]));
    return fused.flatMap(({ id, fused: score }) => {
      const chunk = found.get(id);
      // Its document was removed in between.
      return chunk ? [toHit(chunk, score, byKeyword.get(id), corpus)] : [];
    });
  }
}

function toHit(
  chunk: FoundChunk,
  fused: number,
  keyword: number | undefined,
  corpus: Corpus | undefined,
): SearchHit {
  const { cosine } = chunk;
  const score = relevance({
    ...(corpus ? { coverage: coverage(corpus, chunk.terms) } : {}),
    ...(cosine === null ? {} : { cosine }),
  });
  return {
    chunkId: chunk.id,
    documentId: chunk.documentId,
    text: chunk.text,
    score: rounded(score),
    scores: {
      ...(cosine === null ? {} : { vector: rounded(cosine) }),
      ...(keyword === undefined ? {} : { keyword: rounded(keyword) }),
      fused: rounded(fused),
    },
    citation: {
      type: 'chunk',
      id: chunk.id,
      quote: bestQuote(chunk.text, corpus),
      ...(chunk.page === null ? {} : { page: chunk.page }),
      source: chunk.title,
    },
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
