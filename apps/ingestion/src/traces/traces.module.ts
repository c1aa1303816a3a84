import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MeetingsModule } from '../meetings/meetings.module';
import { TimelineEntryEntity } from '../timeline/timeline-entry.entity';
import { TracesController } from './traces.controller';
import { TracesRepository } from './traces.repository';
import { TracesService } from './traces.service';

@Module({
  imports: [TypeOrmModule.forFeature([TimelineEntryEntity]), MeetingsModule],
  controllers: [TracesController],
  providers: [TracesService, TracesRepository],
})
export class TracesModule {}
