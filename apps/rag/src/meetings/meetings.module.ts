import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChunksModule } from '../chunks/chunks.module';
import { MeetingEntity } from './meeting.entity';
import { MeetingIndexer } from './meeting-indexer';
import { MeetingsHandlers } from './meetings.handlers';
import { MeetingsRepository } from './meetings.repository';

@Module({
  imports: [TypeOrmModule.forFeature([MeetingEntity]), ChunksModule],
  controllers: [MeetingsHandlers],
  providers: [MeetingsRepository, MeetingIndexer],
})
export class MeetingsModule {}
