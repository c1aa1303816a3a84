import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelEntity } from '../audio/channel.entity';
import { ChannelsRepository } from '../audio/channels.repository';
import { MeetingEntity } from './meeting.entity';
import { MeetingsController } from './meetings.controller';
import { MeetingsMetrics } from './meetings.metrics';
import { MeetingsRepository } from './meetings.repository';
import { MeetingsService } from './meetings.service';

@Module({
  imports: [TypeOrmModule.forFeature([MeetingEntity, ChannelEntity])],
  controllers: [MeetingsController],
  providers: [MeetingsService, MeetingsRepository, MeetingsMetrics, ChannelsRepository],
  exports: [MeetingsService, MeetingsRepository, ChannelsRepository],
})
export class MeetingsModule {}
