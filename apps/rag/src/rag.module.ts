import { Module } from '@nestjs/common';
import { EmbeddingModule } from '@parley/ai';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { ChunkEntity } from './documents/chunk.entity';
import { DocumentEntity } from './documents/document.entity';
import { DocumentsModule } from './documents/documents.module';
import { CreateRag1763800000000 } from './migrations/1763800000000-create-rag';
import { ragApi } from './rag.api';
import { ragSettings } from './rag.settings';
import { SearchModule } from './search/search.module';

/** What the organisation already knows: documents in, cited passages out. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'rag', settings: ragSettings, api: ragApi }),
    DatabaseModule.forService({
      schema: 'rag',
      entities: [DocumentEntity, ChunkEntity],
      migrations: [CreateRag1763800000000],
    }),
    BusModule.forService({ group: 'rag' }),
    ErasureModule.forService('rag'),
    EmbeddingModule.forRoot(),
    DocumentsModule,
    SearchModule,
  ],
})
export class RagModule {}
