import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { SETTINGS } from '@parley/config';
import type { AsrSettings } from '../asr.settings';
import { DecodingModule } from '../decoding/decoding.module';
import { RecordingTranscriber } from './recording-transcriber';
import { TranscriptionsController } from './transcriptions.controller';
import { TranscriptionsService } from './transcriptions.service';

@Module({
  imports: [
    DecodingModule,
    MulterModule.registerAsync({
      inject: [SETTINGS],
      // In memory: it is decoded at once, and no file is left behind.
      useFactory: ({ ASR_MAX_UPLOAD_BYTES }: AsrSettings) => ({
        limits: { fileSize: ASR_MAX_UPLOAD_BYTES, files: 1, fields: 12, fieldSize: 10_000 },
      }),
    }),
  ],
  controllers: [TranscriptionsController],
  providers: [TranscriptionsService, RecordingTranscriber],
})
export class TranscriptionsModule {}
