import { Module } from '@nestjs/common';
import { SpeechEngine, SpeechModule } from '@parley/ai';
import { SETTINGS } from '@parley/config';
import { systemClock } from '@parley/contracts';
import type { AsrSettings } from '../asr.settings';
import { DecodeQueue } from './decode-queue';

const speech = SpeechModule.forRoot();

@Module({
  imports: [speech],
  providers: [
    {
      provide: DecodeQueue,
      inject: [SpeechEngine, SETTINGS],
      useFactory: (engine: SpeechEngine, settings: AsrSettings) =>
        new DecodeQueue(engine, settings.ASR_CONCURRENT_DECODES, systemClock),
    },
  ],
  exports: [speech, DecodeQueue],
})
export class DecodingModule {}
