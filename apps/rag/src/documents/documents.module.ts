import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS } from '@parley/config';
import { ChunksModule } from '../chunks/chunks.module';
import type { RagSettings } from '../rag.settings';
import { DocumentReader } from '../reading/document.reader';
import { ChildReader } from '../reading/child.reader';
import { DocumentEntity } from './document.entity';
import { DocumentsController } from './documents.controller';
import { DocumentsRepository } from './documents.repository';
import { DocumentsService } from './documents.service';
import { Originals } from './originals.service';
import { PassagesController } from './passages.controller';
import { PassagesService } from './passages.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([DocumentEntity]),
    ChunksModule,
    MulterModule.registerAsync({
      inject: [SETTINGS],
      // In memory: the document is hashed and read at once, and no file is left behind.
      useFactory: (settings: RagSettings) => ({
        limits: {
          fileSize: settings.RAG_MAX_UPLOAD_BYTES,
          files: 1,
          fields: 10,
          fieldSize: 10_000,
        },
        defParamCharset: 'utf8',
      }),
    }),
  ],
  controllers: [DocumentsController, PassagesController],
  providers: [
    Originals,
    DocumentsService,
    PassagesService,
    DocumentsRepository,
    DocumentReader,
    ChildReader,
  ],
})
export class DocumentsModule {}
