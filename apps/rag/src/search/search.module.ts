import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChunkEntity } from '../chunks/chunk.entity';
import { RerankingModule } from '../reranking/reranking.module';
import { QueryEmbedder } from './query-embedder';
import { SearchMetrics } from './search.metrics';
import { SearchController } from './search.controller';
import { SearchRepository } from './search.repository';
import { SearchService } from './search.service';

@Module({
  imports: [TypeOrmModule.forFeature([ChunkEntity]), RerankingModule],
  controllers: [SearchController],
  providers: [SearchService, SearchRepository, SearchMetrics, QueryEmbedder],
})
export class SearchModule {}
