import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { InsightEntity } from '../insights/insight.entity';
import { MeetingsModule } from '../meetings/meetings.module';
import { MeetingTopicsController } from './meeting-topics.controller';
import { MeetingTopicsService } from './meeting-topics.service';
import { SpokenLinesRepository } from './spoken-lines.repository';

@Module({
  imports: [TypeOrmModule.forFeature([InsightEntity]), MeetingsModule],
  controllers: [MeetingTopicsController],
  providers: [MeetingTopicsService, SpokenLinesRepository],
})
export class MeetingTopicsModule {}
