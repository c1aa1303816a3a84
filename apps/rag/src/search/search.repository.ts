import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChunkEntity } from '../chunks/chunk.entity';
import { vectorBytes } from '../chunks/vector-bytes';
import type { Candidate, Corpus, Place } from './bm25';
import type { Wanted } from './keyword-candidates';
import { PackedRows } from './packed-rows';
import { namesIn } from './query-words';
import { isFormOf, type Quotable } from './quote';
import { IN_SCOPE, scopeParameters, SOURCES_IN_SCOPE, type SearchScope } from './search-scope';
import { asQuery, countOfRank } from './term-counts';

export interface QueryVector {
  engine: string;
  vector: Float32Array;
}

/** A chunk whose vector is near. */
export interface NearChunk extends Place {
  id: string;
  /** Missing where a vector has no direction. */
  cosine?: number;
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
/** Share of the trigrams of two words that both have: one wrong letter in seven leaves 0.45. */
const LEAST_ALIKE = 0.4;
const LENGTHS_APART = 2;
/** Each is compared with all terms of its first letter. */
const MOST_MISSPELT = 4;
/** Of a term that is common by itself, so many chunks are looked at before the best are taken. */
const MAX_LOOKED_AT = 1_000;

/** What a chunk is called and where it stands: 36 bytes, see {@link PackedRows}. */
const PLACE = `uuid_send(c.id) || uuid_send(c.source_id) || int4send(c.ordinal)`;
const [SOURCE_AT, ORDINAL_AT, MORE_AT] = [16, 32, 36];
/** What of a chunk its score by words is made of. */
const SCORED = `c.id, c.source_id, c.ordinal, c.word_count, c.search`;

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
    const unknown = rows.filter(({ frequency }) => frequency === 0).map(({ term }) => term);
    const names = namesIn(words);
    const misspelt = unknown
      .filter((term) => names.some((name) => isFormOf(name, term)))
      .slice(0, MOST_MISSPELT);
    const alike = misspelt.length === 0 ? [] : await this.spelledAlike(workspaceId, misspelt);
    return {
      chunks,
      averageWords: allWords / Math.max(chunks, 1),
      frequencies: new Map([...rows, ...alike].map((row) => [row.term, row.frequency])),
      alike: new Map(alike.map((row) => [row.term, row.likeness])),
    };
  }

  /**
   * For each of these names, which stand nowhere, the term of the workspace that is spelled most alike, if any is: speech
   * writes a name down as it sounds. Who asks for a name has its first letter right.
   */
  private async spelledAlike(
    workspaceId: string,
    names: string[],
  ): Promise<{ term: string; frequency: number; likeness: number }[]> {
    return this.chunks.query(
      `SELECT DISTINCT ON (wanted) known.term, known.chunks AS frequency,
              public.similarity(known.term, wanted) AS likeness
       FROM unnest($2::text[], $3::text[]) AS names (wanted, next_letter)
       JOIN rag.term_counts known
         ON known.workspace_id = $1 AND left(known.term, 1) = left(wanted, 1)
            -- The same for the index, whatever the collation.
            AND known.term >= left(wanted, 1)
            AND known.term <= coalesce(next_letter, (SELECT max(term) FROM rag.term_counts WHERE workspace_id = $1))
            AND abs(length(known.term) - length(wanted)) <= ${LENGTHS_APART} AND known.chunks > 0
       WHERE public.similarity(known.term, wanted) >= ${LEAST_ALIKE}
       ORDER BY wanted, public.similarity(known.term, wanted) DESC, known.term`,
      [workspaceId, names, names.map(nextLetter)],
    );
  }

  /** Chunks that hold what is wanted, with how often they hold each of `terms`. */
  async holding(
    scope: SearchScope,
    wanted: Wanted,
    terms: string[],
    limit: number,
  ): Promise<Candidate[]> {
    const { sql, queries } = chunksHolding(wanted);
    const given = [...scopeParameters(scope), limit, ...queries];
    // A query for each term, read once: as an array of texts it would be read for each chunk.
    const ranks = terms.map(
      (_, term) =>
        ` || float4send(ts_rank('{1,1,1,1}', c.search, $${given.length + term + 1}::tsquery))`,
    );
    const [row]: { packed: Buffer | null }[] = await this.chunks.query(
      `SELECT string_agg(${PLACE} || int4send(c.word_count)${ranks.join('')}, ''::bytea) AS packed
       FROM (${sql}) AS c`,
      [...given, ...terms.map(asQuery)],
    );
    const rows = new PackedRows(row?.packed ?? null, MORE_AT + 4 + 4 * terms.length);
    return Array.from(
      { length: rows.count },
      (_, at) => new PackedCandidate(rows, at, terms.length),
    );
  }

  /** The chunks whose vectors are nearest, nearest first, then those of `ids` that have a vector. */
  async near(
    scope: SearchScope,
    query: QueryVector,
    nearest: number,
    ids: string[],
  ): Promise<NearChunk[]> {
    const [row]: { packed: Buffer | null }[] = await this.chunks.query(
      `SELECT string_agg(${PLACE} || float8send(c.cosine), ''::bytea) AS packed
       FROM (SELECT * FROM rag.nearest_chunks(
               $1, CASE WHEN $2::jsonb IS NOT NULL THEN ARRAY(${SOURCES_IN_SCOPE}) END, $3, $4, $5)
             UNION ALL
             SELECT c.id, c.source_id, c.ordinal, 1 - (c.embedding OPERATOR(public.<=>) $4)
             FROM rag.chunks c
             WHERE ${IN_SCOPE} AND c.embedding_engine = $3 AND c.id = ANY($6::uuid[])) AS c`,
      [...scopeParameters(scope), query.engine, vectorBytes(query.vector), nearest, ids],
    );
    const rows = new PackedRows(row?.packed ?? null, MORE_AT + 8);
    return Array.from({ length: rows.count }, (_, at) => ({
      id: rows.uuid(at, 0),
      ...placeOf(rows, at),
      ...cosineOf(rows, at),
    }));
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

/** The statement that finds them, at most $3 in the scope of $1 and $2, and what its further parameters are. */
function chunksHolding({ any, beside }: Wanted): { sql: string; queries: string[] } {
  const wanted = any.map(asQuery).join(' | ');
  const holding = (query: string): string =>
    `SELECT ${SCORED} FROM rag.chunks c WHERE ${IN_SCOPE} AND c.search @@ ${query}::tsquery`;
  if (!beside) return { sql: `${holding('$4')} LIMIT $3`, queries: [wanted] };
  const mostOften = (query: string, limit: string): string =>
    `(SELECT * FROM (${holding(query)} LIMIT ${MAX_LOOKED_AT}) AS c
      ORDER BY ts_rank(c.search, $4::tsquery) DESC, c.id LIMIT ${limit})`;
  if (beside.length === 0) return { sql: mostOften('$4', '$3'), queries: [wanted] };
  const others = beside.map(asQuery).join(' | ');
  return {
    sql: `WITH first AS MATERIALIZED (${holding('$5')} LIMIT $3)
          SELECT * FROM first
          UNION ALL ${mostOften('$6', '(SELECT $3 - count(*) FROM first)')}`,
    queries: [wanted, `(${wanted}) & (${others})`, `(${wanted}) & !(${others})`],
  };
}

/** Which follows the word's first in every alphabet; null where that is not sure. */
function nextLetter(word: string): string | null {
  return /^[a-y]/.test(word) ? String.fromCharCode(word.charCodeAt(0) + 1) : null;
}

/** A candidate that says its id when it is asked: most never are. */
class PackedCandidate implements Candidate {
  readonly sourceId: string;
  readonly ordinal: number;
  readonly words: number;
  readonly counts: number[] = [];

  constructor(
    private readonly rows: PackedRows,
    private readonly row: number,
    terms: number,
  ) {
    const [wordsAt, ranksAt] = [MORE_AT, MORE_AT + 4];
    const { sourceId, ordinal } = placeOf(rows, row);
    this.sourceId = sourceId;
    this.ordinal = ordinal;
    this.words = rows.integer(row, wordsAt);
    for (let term = 0; term < terms; term++) {
      this.counts.push(countOfRank(rows.single(row, ranksAt + 4 * term)));
    }
  }

  get id(): string {
    return this.rows.uuid(this.row, 0);
  }
}

/** PostgreSQL says NaN of a vector of nothing but zeros, and one would spoil the order of all. */
function cosineOf(rows: PackedRows, at: number): { cosine?: number } {
  const cosine = rows.double(at, MORE_AT);
  return Number.isFinite(cosine) ? { cosine } : {};
}

/** A source's id is only compared, so that its digits do. */
function placeOf(rows: PackedRows, row: number): Place {
  return { sourceId: rows.key(row, SOURCE_AT), ordinal: rows.integer(row, ORDINAL_AT) };
}
