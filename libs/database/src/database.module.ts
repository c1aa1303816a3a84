import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { connect } from './connect';
import { dataSourceOptions, type DatabaseOptions } from './database-options';
import { DatabaseHealth } from './database.health';
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
            // `connect` knows what is worth waiting for.
            toRetry: () => false,
          }),
          dataSourceFactory: (given) => {
            if (!given) throw new TypeError('no options for the database');
            return connect(given, options.schema);
          },
        }),
      ],
      providers: [DatabaseHealth, OutboxRepository, OutboxRelay, UnitOfWork],
      exports: [UnitOfWork],
    };
  }
}
