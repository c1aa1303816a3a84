import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AudioLog } from '@parley/bus';
import { Erasure } from '@parley/privacy';
import { RecordingsModule } from '../recordings/recordings.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { ErasureEntity } from './erasure.entity';
import { ErasureMetrics } from './erasure.metrics';
import { ErasureReportEntity } from './erasure-report.entity';
import { ErasureSweep } from './erasure.sweep';
import { ErasuresController } from './erasures.controller';
import { ErasuresHandlers } from './erasures.handlers';
import { ErasuresRepository } from './erasures.repository';
import { ErasuresService } from './erasures.service';
import { ReceiptSigner } from './receipt-signer';
import { RetentionController } from './retention.controller';
import { RetentionService } from './retention.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([ErasureEntity, ErasureReportEntity]),
    MeetingsModule,
    RecordingsModule,
  ],
  controllers: [ErasuresController, ErasuresHandlers, RetentionController],
  providers: [
    ErasuresService,
    ErasuresRepository,
    ErasureMetrics,
    ErasureSweep,
    ReceiptSigner,
    RetentionService,
  ],
  exports: [ErasuresService],
})
export class ErasuresModule implements OnModuleInit {
  constructor(
    @Inject(Erasure) private readonly erasure: Erasure,
    @Inject(AudioLog) private readonly audio: AudioLog,
  ) {}

  onModuleInit(): void {
    this.erasure.also({ name: 'audio on its way', erase: (id) => this.audio.forget(id) });
  }
}
