import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { dataSourceOptions, type DatabaseOptions } from './database-options';
import { DatabaseConnection } from './database-connection';
import { DatabaseHealth } from './database.health';
import { HOLDINGS, MeetingEraser } from './erasure/meeting-eraser';
import { WordEraser } from './erasure/word-eraser';
import { BusDataWatch } from './outbox/bus-data.watch';
import { OutboxMetrics } from './outbox/outbox.metrics';
import { OutboxRelay } from './outbox/outbox.relay';
import { OutboxRepository } from './outbox/outbox.repository';
import { UnitOfWork } from './outbox/unit-of-work';

/** A service's rows, migrations and outbox, in a schema of its own. */
@Global()
@Module({})
export class DatabaseModule {
  static forService(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [SETTINGS],
          useFactory: (settings: ServiceSettings) => ({
            ...dataSourceOptions(options, settings),
            // The service listens first: `DatabaseConnection` connects it.
            manualInitialization: true,
          }),
        }),
      ],
      providers: [
        DatabaseConnection,
        DatabaseHealth,
        OutboxRepository,
        BusDataWatch,
        OutboxRelay,
        OutboxMetrics,
        UnitOfWork,
        { provide: HOLDINGS, useValue: options.holdings ?? [] },
        MeetingEraser,
        WordEraser,
      ],
      exports: [UnitOfWork, MeetingEraser, WordEraser],
    };
  }
}
