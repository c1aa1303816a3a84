import { Inject, Injectable } from '@nestjs/common';
import {
  ProblemError,
  type SearchHit,
  type SearchMode,
  type SearchResults,
} from '@parley/contracts';
import { requestContext } from '@parley/service';
import type { Corpus } from './bm25';
import { toHit, type FoundHit } from './hit';
import { MAX_CANDIDATES, wantedTerms } from './keyword-candidates';
import { KeywordScores } from './keyword-ranking';
import { Reranking } from '../reranking/reranking';
import { QueryEmbedder } from './query-embedder';
import { queryWords } from './query-words';
import { keywordScore, rank, WEIGHED, WEIGHTS, type Evidence, type RankedChunk } from './ranking';
import { SearchMetrics } from './search.metrics';
import { SearchRepository, type QueryVector } from './search.repository';
import type { SearchScope } from './search-scope';

export interface Search {
  query: string;
  mode: SearchMode;
  limit: number;
  explain: boolean;
  scope: Omit<SearchScope, 'workspaceId'>;
}

/** What was found out about a query, before it is weighed. */
export interface Findings {
  evidence: Evidence[];
  /** Missing when words did not count. */
  keywords: KeywordScores | undefined;
  degraded: boolean;
}

/** So many of the best by words are looked at by their meaning, too. */
const BEST_BY_WORDS = 100;
const NEAREST = 50;

@Injectable()
export class SearchService {
  constructor(
    @Inject(SearchRepository) private readonly chunks: SearchRepository,
    @Inject(QueryEmbedder) private readonly embedder: QueryEmbedder,
    @Inject(Reranking) private readonly reranking: Reranking,
    @Inject(SearchMetrics) private readonly metrics: SearchMetrics,
  ) {}

  /** @throws ProblemError `unavailable` when only vectors were asked for and the model fails. */
  async search(search: Search): Promise<SearchResults> {
    const startedAt = performance.now();
    const scope = { ...search.scope, workspaceId: requestContext().workspaceId };
    const findings = await this.find(search.query, search.mode, scope);
    const ranked = rank(findings.evidence, this.reranking.wanted(search.limit));
    const found = await this.load(scope, ranked, findings.keywords);
    const { listed, failed } = await this.rerank(search, found);
    const items = listed.map((each) => describe(each, findings.keywords, search.explain));
    const degraded = findings.degraded || failed;
    const seconds = (performance.now() - startedAt) / 1_000;
    this.metrics.searched(search.mode, seconds, degraded);
    return { items, degraded };
  }

  /** All evidence on the chunks that could be among the hits. */
  async find(query: string, mode: SearchMode, scope: SearchScope): Promise<Findings> {
    // The thread embeds while the database looks for the words, and while they are weighed.
    const embedded = mode === 'keyword' ? undefined : this.embedder.embed(query);
    // Whoever fails first is thrown below; the other must not be an unhandled rejection meanwhile.
    embedded?.catch(() => undefined);
    const corpus =
      mode === 'vector'
        ? undefined
        : await this.chunks.corpus(scope.workspaceId, queryWords(query));
    const keywords = corpus ? await this.byKeywords(scope, corpus) : undefined;
    const byWords = keywords ? bestByWords(keywords) : [];
    const vector = await embedded;
    if (mode === 'vector' && !vector) {
      throw new ProblemError('unavailable', 'The embedding model cannot be used now.');
    }
    const evidence = vector ? await this.withMeaning(scope, byWords, vector, keywords) : byWords;
    return { evidence, keywords, degraded: mode === 'hybrid' && !vector };
  }

  private async byKeywords(scope: SearchScope, corpus: Corpus): Promise<KeywordScores> {
    const wanted = wantedTerms(corpus);
    const terms = [...corpus.frequencies.keys()];
    const candidates =
      wanted.any.length === 0
        ? []
        : await this.chunks.holding(scope, wanted, terms, MAX_CANDIDATES);
    return new KeywordScores(corpus, candidates);
  }

  private async withMeaning(
    scope: SearchScope,
    byWords: Evidence[],
    vector: QueryVector,
    keywords: KeywordScores | undefined,
  ): Promise<Evidence[]> {
    const best = new Map(byWords.slice(0, BEST_BY_WORDS).map((each) => [each.id, each]));
    const near = await this.chunks.near(scope, vector, NEAREST, [...best.keys()]);
    for (const { cosine, ...chunk } of near) {
      const words = best.get(chunk.id) ?? withWords(chunk, keywords);
      best.set(chunk.id, { ...words, ...(cosine === undefined ? {} : { cosine }) });
    }
    return [...best.values()];
  }

  private async load(
    scope: SearchScope,
    ranked: RankedChunk[],
    keywords: KeywordScores | undefined,
  ): Promise<FoundHit[]> {
    if (ranked.length === 0) return [];
    const terms = [...(keywords?.corpus.frequencies.keys() ?? [])];
    const ids = ranked.map(({ evidence }) => evidence.id);
    const found = await this.chunks.load(scope, ids, terms);
    return ranked.flatMap((each) => {
      const chunk = found.get(each.evidence.id);
      // Its document was removed in between.
      return chunk ? [{ chunk, ranked: each }] : [];
    });
  }

  /** Those that are listed, in the order of the re-ranking model where there is one and it answers. */
  private async rerank(
    { query, limit }: Search,
    found: FoundHit[],
  ): Promise<{ listed: FoundHit[]; failed: boolean }> {
    const texts = found.map(({ chunk }) => chunk.text);
    const scores = await this.reranking.scores(query, texts);
    if (typeof scores === 'string') {
      return { listed: found.slice(0, limit), failed: scores === 'failed' };
    }
    const reranked = found
      .map((hit, at) => ({ ...hit, reranked: { score: scores[at] ?? 0, placeBefore: at + 1 } }))
      .sort((a, b) => b.reranked.score - a.reranked.score);
    return { listed: reranked.slice(0, limit), failed: false };
  }
}

function describe(hit: FoundHit, keywords: KeywordScores | undefined, explain: boolean): SearchHit {
  const lean = keywords?.lean(hit.ranked.evidence) ?? 0;
  return toHit(hit, { corpus: keywords?.corpus, lean, explain });
}

/** Best first. */
function bestByWords(keywords: KeywordScores): Evidence[] {
  return keywords.candidates
    .map((candidate) => {
      const score = { own: keywords.own(candidate), around: keywords.around(candidate) };
      return { candidate, ...score, sum: keywordScore(score, WEIGHTS) };
    })
    .sort((a, b) => b.sum - a.sum)
    .slice(0, WEIGHED)
    .map(({ candidate: { id, sourceId, ordinal }, own, around }) => {
      return { id, sourceId, ordinal, own, around };
    });
}

function withWords(
  { id, sourceId, ordinal }: Pick<Evidence, 'id' | 'sourceId' | 'ordinal'>,
  keywords: KeywordScores | undefined,
): Evidence {
  const place = { sourceId, ordinal };
  return { id, ...place, own: keywords?.own(place) ?? 0, around: keywords?.around(place) ?? 0 };
}
