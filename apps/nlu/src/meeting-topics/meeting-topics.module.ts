import { Module } from '@nestjs/common';
import { FoundModule } from '../insights/found.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { MeetingTopicsController } from './meeting-topics.controller';
import { MeetingTopicsService } from './meeting-topics.service';

@Module({
  imports: [FoundModule, MeetingsModule],
  controllers: [MeetingTopicsController],
  providers: [MeetingTopicsService],
})
export class MeetingTopicsModule {}
