import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository, type EntityManager } from 'typeorm';
import { ChunkEntity } from './chunk.entity';

export interface ChunkVector {
  engine: string;
  vector: Float32Array;
}

export type NewChunk = ChunkEntity & { embedding: ChunkVector | null };
export type TakenChunk = Pick<NewChunk, 'id' | 'context' | 'text' | 'embedding'>;

interface TakenRow {
  id: string;
  context: string;
  text: string;
  vector: string | null;
  engine: string | null;
}

/** About 6 KB a row: keeps a statement below two megabytes. */
const ROWS_PER_STATEMENT = 200;

@Injectable()
export class ChunksRepository {
  constructor(@InjectRepository(ChunkEntity) private readonly chunks: Repository<ChunkEntity>) {}

  async insert(manager: EntityManager, chunks: NewChunk[]): Promise<void> {
    for (let start = 0; start < chunks.length; start += ROWS_PER_STATEMENT) {
      const rows = chunks.slice(start, start + ROWS_PER_STATEMENT);
      await manager.query(
        `INSERT INTO rag.chunks
           (id, workspace_id, document_id, meeting_id, ordinal, context, text, page, segment_ids,
            start_ms, end_ms, word_count, embedding, embedding_engine)
         SELECT id, workspace_id, document_id, meeting_id, ordinal, context, text, page,
                (SELECT array_agg(id) FROM jsonb_array_elements_text(segment_ids) AS of(id)),
                start_ms, end_ms, word_count, embedding::public.vector, embedding_engine
         FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[],
                     $8::int[], $9::jsonb[], $10::int[], $11::int[], $12::int[], $13::text[], $14::text[])
           AS given (id, workspace_id, document_id, meeting_id, ordinal, context, text, page, segment_ids,
                     start_ms, end_ms, word_count, embedding, embedding_engine)`,
        [
          rows.map((row) => row.id),
          rows.map((row) => row.workspaceId),
          rows.map((row) => row.documentId),
          rows.map((row) => row.meetingId),
          rows.map((row) => row.ordinal),
          rows.map((row) => row.context),
          rows.map((row) => row.text),
          rows.map((row) => row.page),
          rows.map((row) => row.segmentIds && JSON.stringify(row.segmentIds)),
          rows.map((row) => row.startMs),
          rows.map((row) => row.endMs),
          rows.map((row) => row.wordCount),
          rows.map((row) => (row.embedding ? vectorLiteral(row.embedding.vector) : null)),
          rows.map((row) => row.embedding?.engine ?? null),
        ],
      );
    }
  }

  find(workspaceId: string, id: string): Promise<ChunkEntity | null> {
    return this.chunks.findOneBy({ workspaceId, id });
  }

  /** As they follow one another, those behind `afterOrdinal`. */
  ofDocument(
    workspaceId: string,
    documentId: string,
    afterOrdinal: number,
    limit: number,
  ): Promise<ChunkEntity[]> {
    return this.chunks.find({
      where: { workspaceId, documentId, ordinal: MoreThan(afterOrdinal) },
      order: { ordinal: 'ASC' },
      take: limit,
    });
  }

  /** Removes the chunks of a meeting, and hands them over: what did not change is stored again. */
  async takeMeeting(manager: EntityManager, meetingId: string): Promise<TakenChunk[]> {
    const taken: [TakenRow[], number] = await manager.query(
      `DELETE FROM rag.chunks WHERE meeting_id = $1
       RETURNING id, context, text, embedding::text AS vector, embedding_engine AS engine`,
      [meetingId],
    );
    return taken[0].map(({ vector, engine, ...chunk }) => ({
      ...chunk,
      embedding:
        vector === null || engine === null
          ? null
          : { engine, vector: Float32Array.from(JSON.parse(vector) as number[]) },
    }));
  }

  /** Of each of these documents that has chunks, how many of them have vectors of `engine`. */
  async withVectors(documentIds: string[], engine: string): Promise<Map<string, number>> {
    const rows: { id: string; count: number }[] = await this.chunks.query(
      `SELECT document_id AS id, count(*) FILTER (WHERE embedding_engine = $2)::int AS count
       FROM rag.chunks WHERE document_id = ANY($1) GROUP BY document_id`,
      [documentIds, engine],
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** Chunks of every workspace that `engine` has not embedded yet, oldest first. */
  withoutVectors(engine: string, limit: number): Promise<ChunkEntity[]> {
    return this.chunks
      .createQueryBuilder('chunk')
      .where('chunk.embedding_engine IS DISTINCT FROM :engine', { engine })
      .orderBy('chunk.id')
      .limit(limit)
      .getMany();
  }

  async setVectors(chunkIds: string[], engine: string, vectors: Float32Array[]): Promise<void> {
    await this.chunks.query(
      `UPDATE rag.chunks SET embedding = given.embedding::public.vector, embedding_engine = $3
       FROM unnest($1::uuid[], $2::text[]) AS given (id, embedding) WHERE chunks.id = given.id`,
      [chunkIds, vectors.map(vectorLiteral), engine],
    );
  }
}

/** A vector as pgvector reads it. */
export function vectorLiteral(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
