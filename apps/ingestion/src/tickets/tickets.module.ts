import { Module } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { createRedis } from '@parley/redis';
import type { IngestionSettings } from '../ingestion.settings';
import { MeetingsModule } from '../meetings/meetings.module';
import { MemoryTicketStore } from './memory-ticket.store';
import { RedisTicketStore } from './redis-ticket.store';
import { TicketStore } from './ticket.store';
import { TicketsController } from './tickets.controller';
import { TicketsService } from './tickets.service';

@Module({
  imports: [MeetingsModule],
  controllers: [TicketsController],
  providers: [
    TicketsService,
    {
      provide: TicketStore,
      inject: [SETTINGS],
      useFactory: ({ REDIS_URL }: IngestionSettings): TicketStore =>
        REDIS_URL
          ? new RedisTicketStore(createRedis(REDIS_URL, { name: 'parley:ingestion:tickets' }))
          : new MemoryTicketStore(),
    },
  ],
})
export class TicketsModule {}
