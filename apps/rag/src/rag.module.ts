import { Module } from '@nestjs/common';
import { EmbeddingModule } from '@parley/ai';
import { BlobsModule } from '@parley/blobs';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { ChunkEntity } from './chunks/chunk.entity';
import { DocumentEntity } from './documents/document.entity';
import { DocumentsModule } from './documents/documents.module';
import { MeetingEntity } from './meetings/meeting.entity';
import { MeetingsModule } from './meetings/meetings.module';
import { CreateRag1763800000000 } from './migrations/1763800000000-create-rag';
import { IndexMeetings1764600000000 } from './migrations/1764600000000-index-meetings';
import { CompareSpellings1767300000031 } from './migrations/1767300000031-compare-spellings';
import { CountTerms1766000000000 } from './migrations/1766000000000-count-terms';
import { NearestChunks1767300000030 } from './migrations/1767300000030-nearest-chunks';
import { HalfPrecisionIndex1767300000041 } from './migrations/1767300000041-half-precision-index';
import { KeepOriginals1766200100000 } from './migrations/1766200100000-keep-originals';
import { ragApi } from './rag.api';
import { ragHoldings } from './rag.holdings';
import { ragSettings } from './rag.settings';
import { SearchModule } from './search/search.module';

/** What the organisation already knows: documents and meetings in, cited passages out. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'rag', settings: ragSettings, api: ragApi }),
    DatabaseModule.forService({
      schema: 'rag',
      entities: [DocumentEntity, MeetingEntity, ChunkEntity],
      migrations: [
        CreateRag1763800000000,
        IndexMeetings1764600000000,
        CountTerms1766000000000,
        KeepOriginals1766200100000,
        NearestChunks1767300000030,
        CompareSpellings1767300000031,
        HalfPrecisionIndex1767300000041,
      ],
      holdings: ragHoldings,
    }),
    BusModule.forService({ group: 'rag' }),
    ErasureModule.forService('rag'),
    BlobsModule.forRoot(),
    EmbeddingModule.forRoot(),
    DocumentsModule,
    MeetingsModule,
    SearchModule,
  ],
})
export class RagModule {}
