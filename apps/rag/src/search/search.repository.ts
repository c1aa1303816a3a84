import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChunkEntity } from '../documents/chunk.entity';
import { vectorLiteral } from '../documents/chunks.repository';
import type { Candidate, Corpus } from './bm25';

/** Where to look: always one workspace, sometimes some of its documents. */
export interface Scope {
  workspaceId: string;
  documentIds: string[] | null;
}

export interface QueryVector {
  engine: string;
  vector: Float32Array;
}

/** A chunk with all that a hit says. */
export interface FoundChunk {
  id: string;
  documentId: string;
  title: string;
  text: string;
  page: number | null;
  cosine: number | null;
  /** Which of the query's terms it holds. */
  terms: string[];
}

const MAX_TERMS = 32;
/** Term as a tsquery that means exactly this lexeme, whatever characters it is made of. */
const AS_QUERY = (term: string): string =>
  `('''' || replace(replace(${term}, '\\', '\\\\'), '''', '''''') || '''')::tsquery`;
const IN_SCOPE = 'c.workspace_id = $1 AND ($2::uuid[] IS NULL OR c.document_id = ANY($2))';

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
               FROM rag.documents WHERE workspace_id = $1) AS totals`,
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
    scope: Scope,
    wanted: string[],
    terms: string[],
    limit: number,
  ): Promise<Candidate[]> {
    const rows: (Omit<Candidate, 'terms'> & { terms: Record<string, number> | null })[] =
      await this.chunks.query(
        `WITH query AS (
           SELECT string_agg(${AS_QUERY('term')}::text, ' | ')::tsquery AS any_term
           FROM unnest($3::text[]) AS term)
         SELECT c.id, c.document_id AS "documentId", c.ordinal, c.word_count AS words,
                (SELECT jsonb_object_agg(lexeme, array_length(positions, 1))
                 FROM unnest(c.search) WHERE lexeme = ANY($4)) AS terms
         FROM rag.chunks c, query
         WHERE ${IN_SCOPE} AND c.search @@ query.any_term
         ORDER BY ts_rank(c.search, query.any_term) DESC, c.id
         LIMIT $5`,
        [scope.workspaceId, scope.documentIds, wanted, terms, limit],
      );
    return rows.map((row) => ({ ...row, terms: row.terms ?? {} }));
  }

  /** Ids of the chunks whose vectors are nearest, nearest first. */
  async nearest(scope: Scope, query: QueryVector, limit: number): Promise<string[]> {
    return this.chunks.manager.transaction(async (manager) => {
      // Without it the index stops after ef_search rows, most of which another workspace may own.
      await manager.query(`SET LOCAL hnsw.iterative_scan = strict_order`);
      await manager.query(`SET LOCAL hnsw.ef_search = 100`);
      const rows: { id: string }[] = await manager.query(
        `SELECT c.id FROM rag.chunks c
         WHERE ${IN_SCOPE} AND c.embedding_engine = $3
         ORDER BY c.embedding OPERATOR(public.<=>) $4::public.vector LIMIT $5`,
        [scope.workspaceId, scope.documentIds, query.engine, vectorLiteral(query.vector), limit],
      );
      return rows.map((row) => row.id);
    });
  }

  async load(
    scope: Scope,
    ids: string[],
    terms: string[],
    query: QueryVector | undefined,
  ): Promise<Map<string, FoundChunk>> {
    const rows: FoundChunk[] = await this.chunks.query(
      `SELECT c.id, c.document_id AS "documentId", d.title, c.text, c.page,
              CASE WHEN c.embedding_engine = $5
                THEN 1 - (c.embedding OPERATOR(public.<=>) $6::public.vector) END AS cosine,
              ARRAY(SELECT lexeme FROM unnest(c.search) WHERE lexeme = ANY($4)) AS terms
       FROM rag.chunks c JOIN rag.documents d ON d.id = c.document_id
       WHERE ${IN_SCOPE} AND c.id = ANY($3::uuid[])`,
      [
        scope.workspaceId,
        scope.documentIds,
        ids,
        terms,
        query?.engine ?? null,
        query ? vectorLiteral(query.vector) : null,
      ],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
