import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { ChunkEntity } from './chunk.entity';

export interface ChunkVector {
  engine: string;
  vector: Float32Array;
}

export type NewChunk = ChunkEntity & { embedding: ChunkVector | null };

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
           (id, workspace_id, document_id, ordinal, context, text, page, word_count, embedding, embedding_engine)
         SELECT id, workspace_id, document_id, ordinal, context, text, page, word_count,
                embedding::public.vector, embedding_engine
         FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::int[],
                     $8::int[], $9::text[], $10::text[])
           AS given (id, workspace_id, document_id, ordinal, context, text, page, word_count,
                     embedding, embedding_engine)`,
        [
          rows.map((row) => row.id),
          rows.map((row) => row.workspaceId),
          rows.map((row) => row.documentId),
          rows.map((row) => row.ordinal),
          rows.map((row) => row.context),
          rows.map((row) => row.text),
          rows.map((row) => row.page),
          rows.map((row) => row.wordCount),
          rows.map((row) => (row.embedding ? vectorLiteral(row.embedding.vector) : null)),
          rows.map((row) => row.embedding?.engine ?? null),
        ],
      );
    }
  }

  /** Of these documents, those whose chunks all have vectors of `engine`. */
  async withVectors(documentIds: string[], engine: string): Promise<Set<string>> {
    const rows: { document_id: string }[] = await this.chunks.query(
      `SELECT document_id FROM rag.chunks WHERE document_id = ANY($1)
       GROUP BY document_id HAVING bool_and(embedding_engine IS NOT DISTINCT FROM $2)`,
      [documentIds, engine],
    );
    return new Set(rows.map((row) => row.document_id));
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
