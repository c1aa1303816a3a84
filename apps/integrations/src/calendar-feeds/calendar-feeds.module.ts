import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionsModule } from '../connections/connections.module';
import { ProvidersModule } from '../providers/providers.module';
import { CalendarEventEntity } from './calendar-event.entity';
import { CalendarFeedEntity } from './calendar-feed.entity';
import { CalendarFeedSecrets } from './calendar-feed-secrets';
import { CalendarFeedsController } from './calendar-feeds.controller';
import { CalendarFeedsRepository } from './calendar-feeds.repository';
import { CalendarFeedsService } from './calendar-feeds.service';
import { CalendarFetch } from './calendar-fetch';
import { CalendarMetrics } from './calendar.metrics';
import { CalendarRefresh } from './calendar-refresh';
import { CalendarSweep } from './calendar.sweep';
import { CalendarReader } from './reading/calendar-reader';

/** Calendars in: what they hold is told to ingestion, which plans meetings from it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([CalendarFeedEntity, CalendarEventEntity]),
    ConnectionsModule,
    ProvidersModule,
  ],
  controllers: [CalendarFeedsController],
  providers: [
    CalendarFeedsService,
    CalendarFeedsRepository,
    CalendarFeedSecrets,
    CalendarFetch,
    CalendarMetrics,
    CalendarReader,
    CalendarRefresh,
    CalendarSweep,
  ],
})
export class CalendarFeedsModule {}
