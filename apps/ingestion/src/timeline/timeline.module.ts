import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoverageModule } from '../coverage/coverage.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { ReductionsModule } from '../reductions/reductions.module';
import { EventSocketGateway } from './event-socket.gateway';
import { EventStream } from './event-stream';
import { FeedHub } from './feed-hub';
import { FeedsService } from './feeds.service';
import { TimelinePagesController } from './timeline-pages.controller';
import { TimelineController } from './timeline.controller';
import { TimelineEntryEntity } from './timeline-entry.entity';
import { TimelineHandlers } from './timeline.handlers';
import { TimelineMetrics } from './timeline.metrics';
import { TimelineRepository } from './timeline.repository';
import { TimelineService } from './timeline.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([TimelineEntryEntity]),
    MeetingsModule,
    CoverageModule,
    ReductionsModule,
  ],
  controllers: [TimelineController, TimelinePagesController, TimelineHandlers],
  providers: [
    TimelineService,
    TimelineRepository,
    TimelineMetrics,
    FeedHub,
    FeedsService,
    EventStream,
    EventSocketGateway,
  ],
  exports: [TimelineRepository],
})
export class TimelineModule {}
