import { Module } from '@nestjs/common';
import { CoverageModule } from '../coverage/coverage.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { TimelineModule } from '../timeline/timeline.module';
import { ExportsController } from './exports.controller';
import { ExportsService } from './exports.service';

@Module({
  imports: [MeetingsModule, TimelineModule, CoverageModule],
  controllers: [ExportsController],
  providers: [ExportsService],
})
export class ExportsModule {}
