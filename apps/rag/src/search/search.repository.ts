import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChunkEntity } from '../chunks/chunk.entity';
import { vectorLiteral } from '../chunks/chunks.repository';
import type { Candidate, Corpus, Place } from './bm25';
import type { Quotable } from './quote';
import { IN_SCOPE, scopeParameters, type SearchScope } from './search-scope';

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
/** Term as a tsquery that means exactly this lexeme, whatever characters it is made of. */
const AS_QUERY = (term: string): string =>
  `('''' || replace(replace(${term}, '\\', '\\\\'), '''', '''''') || '''')::tsquery`;
const COSINE = (vector: string): string =>
  `1 - (c.embedding OPERATOR(public.<=>) ${vector}::public.vector)`;

@Injectable()
export class SearchRepository {
  constructor(@InjectRepository(ChunkEntity) private readonly chunks: Repository<ChunkEntity>) {}

  /** The terms of `words` as Postgres stems them, and how common each is in the workspace. */
  async corpus(workspaceId: string, words: string): Promise<Corpus> {
    const rows: { term: string; frequency: number; chunks: number; words: number }[] =
      await this.chunks.query(
        `SELECT term, totals.chunks, totals.words,
                (SELECT count(*)::int FROM rag.chunks c
                 WHERE c.workspace_id = $1 AND c.search @@ ${AS_QUERY('term')}) AS frequency
         FROM (SELECT unnest(tsvector_to_array(to_tsvector('pg_catalog.english', $2))) AS term
               LIMIT ${MAX_TERMS}) AS terms,
              (SELECT coalesce(sum(chunk_count), 0)::int AS chunks,
                      coalesce(sum(word_count), 0)::int AS words
               FROM rag.sources WHERE workspace_id = $1) AS totals`,
        [workspaceId, words],
      );
    const { chunks = 0, words: allWords = 0 } = rows[0] ?? {};
    return {
      chunks,
      averageWords: allWords / Math.max(chunks, 1),
      frequencies: new Map(rows.map((row) => [row.term, row.frequency])),
    };
  }

  /** Chunks that hold any of `wanted`, with how often they hold each of `terms`. */
  async holding(
    scope: SearchScope,
    wanted: string[],
    terms: string[],
    limit: number,
  ): Promise<Candidate[]> {
    const rows: (Omit<Candidate, 'terms'> & { terms: Record<string, number> | null })[] =
      await this.chunks.query(
        `WITH query AS (
           SELECT string_agg(${AS_QUERY('term')}::text, ' | ')::tsquery AS any_term
           FROM unnest($3::text[]) AS term)
         SELECT c.id, c.source_id AS "sourceId", c.ordinal, c.word_count AS words,
                (SELECT jsonb_object_agg(lexeme, array_length(positions, 1))
                 FROM unnest(c.search) WHERE lexeme = ANY($4)) AS terms
         FROM rag.chunks c, query
         WHERE ${IN_SCOPE} AND c.search @@ query.any_term
         ORDER BY ts_rank(c.search, query.any_term) DESC, c.id
         LIMIT $5`,
        [...scopeParameters(scope), wanted, terms, limit],
      );
    return rows.map((row) => ({ ...row, terms: row.terms ?? {} }));
  }

  /** The chunks whose vectors are nearest, nearest first. */
  async nearest(scope: SearchScope, query: QueryVector, limit: number): Promise<NearChunk[]> {
    return this.chunks.manager.transaction(async (manager) => {
      // Without it the index stops after ef_search rows, most of which another workspace may own.
      await manager.query(`SET LOCAL hnsw.iterative_scan = strict_order`);
      await manager.query(`SET LOCAL hnsw.ef_search = 100`);
      return manager.query<NearChunk[]>(
        `SELECT c.id, c.source_id AS "sourceId", c.ordinal, ${COSINE('$4')} AS cosine
         FROM rag.chunks c
         WHERE ${IN_SCOPE} AND c.embedding_engine = $3
         ORDER BY c.embedding OPERATOR(public.<=>) $4::public.vector LIMIT $5`,
        [...scopeParameters(scope), query.engine, vectorLiteral(query.vector), limit],
      );
    });
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
