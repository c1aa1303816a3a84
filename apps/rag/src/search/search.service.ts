import { Inject, Injectable } from '@nestjs/common';
import {
  ProblemError,
  type SearchHit,
  type SearchMode,
  type SearchResults,
} from '@parley/contracts';
import { requestContext } from '@parley/service';
import type { Corpus } from './bm25';
import { toHit } from './hit';
import { MAX_CANDIDATES, wantedTerms } from './keyword-candidates';
import { KeywordScores } from './keyword-ranking';
import { QueryEmbedder } from './query-embedder';
import { queryWords } from './query-words';
import { keywordScore, rank, WEIGHTS, type Evidence, type RankedChunk } from './ranking';
import { SearchMetrics } from './search.metrics';
import { SearchRepository, type NearChunk, type QueryVector } from './search.repository';
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
  corpus: Corpus | undefined;
  degraded: boolean;
}

/** A question's vector, and the chunks nearest to it. */
interface Near {
  vector: QueryVector;
  chunks: NearChunk[];
}

/** So many of the best by words are looked at by their meaning, too. */
const BEST_BY_WORDS = 150;
const NEAREST = 50;

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
    const scope = { ...search.scope, workspaceId: requestContext().workspaceId };
    const findings = await this.find(search.query, search.mode, scope);
    const ranked = rank(findings.evidence, search.limit);
    const items = await this.describe(scope, ranked, findings.corpus, search.explain);
    const seconds = (performance.now() - startedAt) / 1_000;
    this.metrics.searched(search.mode, seconds, findings.degraded);
    return { items, degraded: findings.degraded };
  }

  /** All evidence on the chunks that could be among the hits. */
  async find(query: string, mode: SearchMode, scope: SearchScope): Promise<Findings> {
    // The thread embeds while the database counts, and looks for the nearest while it looks for the words.
    const nearest = mode === 'keyword' ? undefined : this.nearestTo(query, scope);
    // Whoever fails first is thrown below; the other must not be an unhandled rejection meanwhile.
    nearest?.catch(() => undefined);
    const corpus =
      mode === 'vector'
        ? undefined
        : await this.chunks.corpus(scope.workspaceId, queryWords(query));
    const keywords = corpus ? await this.byKeywords(scope, corpus) : undefined;
    const near = await nearest;
    if (mode === 'vector' && !near) {
      throw new ProblemError('unavailable', 'The embedding model cannot be used now.');
    }
    const byWords = (keywords?.candidates ?? [])
      .map(({ id, sourceId, ordinal }) => withWords({ id, sourceId, ordinal }, keywords))
      .sort((a, b) => keywordScore(b, WEIGHTS) - keywordScore(a, WEIGHTS));
    const evidence = near ? await this.withMeaning(scope, byWords, near, keywords) : byWords;
    return { evidence, corpus, degraded: mode === 'hybrid' && !near };
  }

  /** @returns undefined when the model failed. */
  private async nearestTo(query: string, scope: SearchScope): Promise<Near | undefined> {
    const vector = await this.embedder.embed(query);
    return vector && { vector, chunks: await this.chunks.nearest(scope, vector, NEAREST) };
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
    { vector, chunks }: Near,
    keywords: KeywordScores | undefined,
  ): Promise<Evidence[]> {
    const found = new Map(
      chunks.map(({ cosine, ...chunk }) => [chunk.id, { ...withWords(chunk, keywords), cosine }]),
    );
    const best = byWords.slice(0, BEST_BY_WORDS).filter(({ id }) => !found.has(id));
    const cosines = await this.chunks.cosines(
      scope,
      vector,
      best.map(({ id }) => id),
    );
    const weighed = best.map((each): Evidence => {
      const cosine = cosines.get(each.id);
      return cosine === undefined ? each : { ...each, cosine };
    });
    return [...found.values(), ...weighed];
  }

  private async describe(
    scope: SearchScope,
    ranked: RankedChunk[],
    corpus: Corpus | undefined,
    explain: boolean,
  ): Promise<SearchHit[]> {
    if (ranked.length === 0) return [];
    const terms = [...(corpus?.frequencies.keys() ?? [])];
    const ids = ranked.map(({ evidence }) => evidence.id);
    const found = await this.chunks.load(scope, ids, terms);
    return ranked.flatMap((each) => {
      const chunk = found.get(each.evidence.id);
      // Its document was removed in between.
      return chunk ? [toHit(chunk, each, corpus, explain)] : [];
    });
  }
}

function withWords(
  chunk: Pick<Evidence, 'id' | 'sourceId' | 'ordinal'>,
  keywords: KeywordScores | undefined,
): Evidence {
  return { ...chunk, own: keywords?.own(chunk) ?? 0, around: keywords?.around(chunk) ?? 0 };
}
