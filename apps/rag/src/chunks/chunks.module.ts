import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChunkEmbedder } from './chunk-embedder';
import { ChunkEntity } from './chunk.entity';
import { ChunksRepository } from './chunks.repository';
import { IndexMetrics } from './index.metrics';
import { LiveMeetings } from './live-meetings';
import { VectorBackfill } from './vector-backfill';

/** What documents and meetings are cut into, and the vectors of it. */
@Module({
  imports: [TypeOrmModule.forFeature([ChunkEntity])],
  providers: [ChunksRepository, ChunkEmbedder, LiveMeetings, VectorBackfill, IndexMetrics],
  exports: [ChunksRepository, ChunkEmbedder, VectorBackfill, IndexMetrics],
})
export class ChunksModule {}
