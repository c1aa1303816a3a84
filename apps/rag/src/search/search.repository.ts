import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChunkEntity } from '../chunks/chunk.entity';
import { vectorLiteral } from '../chunks/chunks.repository';
import type { Candidate, Corpus, Place } from './bm25';
import type { Wanted } from './keyword-candidates';
import type { Quotable } from './quote';
import { IN_SCOPE, scopeParameters, type SearchScope } from './search-scope';
import { asQuery, countOfRank } from './term-counts';

export interface QueryVector {
  engine: string;
  vector: Float32Array;
}

/** A chunk whose vector is near. */
export interface NearChunk extends Place {
  id: string;
  cosine: number;
}

/** A chunk with all that a hit says. */
export interface FoundChunk {
  id: string;
  documentId: string | null;
  meetingId: string | null;
  title: string;
  text: string;
  page: number | null;
  startMs: number | null;
  /** What was said, as the transcript has it; empty for a document. */
  segments: Quotable[];
  /** Which of the query's terms it holds. */
  terms: string[];
}

const MAX_TERMS = 32;
/** Of a term that is common by itself, so many chunks are looked at before the best are taken. */
const MAX_LOOKED_AT = 3_000;
const COSINE = (vector: string): string =>
  `1 - (c.embedding OPERATOR(public.<=>) ${vector}::public.vector)`;

/**
 * Three statements in one message. Without the scan going on, the index stops after `ef_search` rows, most of which
 * another workspace may own.
 */
const NEAREST_BEGINS =
  'BEGIN; SET LOCAL hnsw.iterative_scan = strict_order; SET LOCAL hnsw.ef_search = 100';

interface CandidateRow {
  id: string;
  sourceId: string;
  ordinal: number;
  words: number;
  /** In the order of the terms. */
  ranks: number[];
}

/** What of a chunk its score is made of; `$3` are the terms, as queries. */
const SCORED = `SELECT c.id, c.source_id AS "sourceId", c.ordinal, c.word_count AS words,
  ARRAY(SELECT ts_rank('{1,1,1,1}', c.search, term::tsquery) FROM unnest($3::text[]) AS term) AS ranks`;

@Injectable()
export class SearchRepository {
  constructor(@InjectRepository(ChunkEntity) private readonly chunks: Repository<ChunkEntity>) {}

  /** The terms of `words` as Postgres stems them, and how common each is in the workspace. */
  async corpus(workspaceId: string, words: string): Promise<Corpus> {
    const rows: { term: string; frequency: number; chunks: number; words: number }[] =
      await this.chunks.query(
        `SELECT term, totals.chunks, totals.words, coalesce(counts.chunks, 0) AS frequency
         FROM (SELECT unnest(tsvector_to_array(to_tsvector('pg_catalog.english', $2))) AS term
               LIMIT ${MAX_TERMS}) AS terms
         CROSS JOIN (SELECT coalesce(sum(chunk_count), 0)::int AS chunks,
                            coalesce(sum(word_count), 0)::int AS words
                     FROM rag.sources WHERE workspace_id = $1) AS totals
         LEFT JOIN (SELECT term, chunks FROM rag.term_counts WHERE workspace_id = $1) AS counts
           USING (term)`,
        [workspaceId, words],
      );
    const { chunks = 0, words: allWords = 0 } = rows[0] ?? {};
    return {
      chunks,
      averageWords: allWords / Math.max(chunks, 1),
      frequencies: new Map(rows.map((row) => [row.term, row.frequency])),
    };
  }

  /** Chunks that hold what is wanted, with how often they hold each of `terms`. */
  async holding(
    scope: SearchScope,
    { any, beside }: Wanted,
    terms: string[],
    limit: number,
  ): Promise<Candidate[]> {
    const wide = any.map(asQuery).join(' | ');
    const others = (beside ?? []).map(asQuery).join(' | ');
    const one = [...scopeParameters(scope), terms.map(asQuery), limit] as const;
    const rows: CandidateRow[] = await (beside === undefined
      ? this.chunks.query(
          `${SCORED} FROM rag.chunks c WHERE ${IN_SCOPE} AND c.search @@ $5::tsquery LIMIT $4`,
          [...one, wide],
        )
      : this.chunks.query(
          `(${SCORED} FROM rag.chunks c WHERE ${IN_SCOPE} AND c.search @@ $5::tsquery LIMIT $4)
           UNION ALL
           (${SCORED} FROM (SELECT c.* FROM rag.chunks c
                            WHERE ${IN_SCOPE} AND c.search @@ $6::tsquery LIMIT ${MAX_LOOKED_AT}) AS c
            ORDER BY ts_rank(c.search, $6::tsquery) DESC, c.id LIMIT $4)`,
          [...one, others === '' ? wide : `${wide} & (${others})`, wide],
        ));
    return candidatesOf(rows, terms);
  }

  /** The chunks whose vectors are nearest, nearest first. */
  async nearest(scope: SearchScope, query: QueryVector, limit: number): Promise<NearChunk[]> {
    const runner = this.chunks.manager.dataSource.createQueryRunner();
    try {
      await runner.query(NEAREST_BEGINS);
      const rows = (await runner.query(
        `SELECT c.id, c.source_id AS "sourceId", c.ordinal, ${COSINE('$4')} AS cosine
         FROM rag.chunks c
         WHERE ${IN_SCOPE} AND c.embedding_engine = $3
         ORDER BY c.embedding OPERATOR(public.<=>) $4::public.vector LIMIT $5`,
        [...scopeParameters(scope), query.engine, vectorLiteral(query.vector), limit],
      )) as NearChunk[];
      await runner.query('COMMIT');
      return rows;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** How near the vectors of these chunks are, of those that have one. */
  async cosines(
    scope: SearchScope,
    query: QueryVector,
    ids: string[],
  ): Promise<Map<string, number>> {
    const rows: { id: string; cosine: number }[] = await this.chunks.query(
      `SELECT c.id, ${COSINE('$4')} AS cosine FROM rag.chunks c
       WHERE ${IN_SCOPE} AND c.embedding_engine = $3 AND c.id = ANY($5::uuid[])`,
      [...scopeParameters(scope), query.engine, vectorLiteral(query.vector), ids],
    );
    return new Map(rows.map(({ id, cosine }) => [id, cosine]));
  }

  /** @param terms of which each chunk says which it holds */
  async load(scope: SearchScope, ids: string[], terms: string[]): Promise<Map<string, FoundChunk>> {
    const rows: FoundChunk[] = await this.chunks.query(
      `SELECT c.id, c.document_id AS "documentId", c.meeting_id AS "meetingId", source.title, c.text,
              c.page, c.start_ms AS "startMs",
              coalesce((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'text', g.text)
                                         ORDER BY g.start_ms, g.id)
                        FROM rag.segments g WHERE g.id = ANY(c.segment_ids)), '[]') AS segments,
              ARRAY(SELECT lexeme FROM unnest(c.search) WHERE lexeme = ANY($4)) AS terms
       FROM rag.chunks c JOIN rag.sources source ON source.id = c.source_id
       WHERE ${IN_SCOPE} AND c.id = ANY($3::uuid[])`,
      [...scopeParameters(scope), ids, terms],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** Each chunk once. */
function candidatesOf(rows: CandidateRow[], terms: string[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const { ranks, ...row } of rows) {
    if (candidates.has(row.id)) continue;
    const counts = terms.map((term, index) => [term, countOfRank(ranks[index] ?? 0)] as const);
    const held = Object.fromEntries(counts.filter(([, count]) => count > 0));
    candidates.set(row.id, { ...row, terms: held });
  }
  return [...candidates.values()];
}
