import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SessionsModule } from '../sessions/sessions.module';
import { SegmentEntity } from './segment.entity';
import { CorrectionsService } from './corrections.service';
import { TranscriptController } from './transcript.controller';
import { TranscriptRepository } from './transcript.repository';
import { TranscriptService } from './transcript.service';

@Module({
  imports: [TypeOrmModule.forFeature([SegmentEntity]), SessionsModule],
  controllers: [TranscriptController],
  providers: [CorrectionsService, TranscriptRepository, TranscriptService],
})
export class TranscriptModule {}
