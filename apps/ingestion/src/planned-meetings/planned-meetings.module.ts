import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MeetingsModule } from '../meetings/meetings.module';
import { CalendarHandlers } from './calendar.handlers';
import { PlannedMeetingEntity } from './planned-meeting.entity';
import { PlannedMeetingsController } from './planned-meetings.controller';
import { PlannedMeetingsRepository } from './planned-meetings.repository';
import { PlannedMeetingsService } from './planned-meetings.service';
import { PlansSweep } from './plans.sweep';

@Module({
  imports: [TypeOrmModule.forFeature([PlannedMeetingEntity]), MeetingsModule],
  controllers: [PlannedMeetingsController, CalendarHandlers],
  providers: [PlannedMeetingsService, PlannedMeetingsRepository, PlansSweep],
})
export class PlannedMeetingsModule {}
