import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Erasure, Reduction } from '@parley/privacy';
import { MeetingsModule } from '../meetings/meetings.module';
import { RecordingAccess } from './recording-access.service';
import { RecordingPartEntity } from './recording-part.entity';
import { RecordingPartsRepository } from './recording-parts.repository';
import { RecordingMetrics } from './recording.metrics';
import { RecordingReader } from './recording.reader';
import { RecordingSweep } from './recording.sweep';
import { RecordingsController } from './recordings.controller';
import { RecordingsService } from './recordings.service';

@Module({
  imports: [TypeOrmModule.forFeature([RecordingPartEntity]), MeetingsModule],
  controllers: [RecordingsController],
  providers: [
    RecordingsService,
    RecordingAccess,
    RecordingPartsRepository,
    RecordingMetrics,
    RecordingReader,
    RecordingSweep,
  ],
  exports: [RecordingsService, RecordingReader],
})
export class RecordingsModule implements OnModuleInit {
  constructor(
    @Inject(Erasure) private readonly erasure: Erasure,
    @Inject(Reduction) private readonly reduction: Reduction,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
  ) {}

  onModuleInit(): void {
    const store = { name: 'recordings', erase: (id: string) => this.recordings.forget(id) };
    this.erasure.also(store);
    this.reduction.also(store);
  }
}
