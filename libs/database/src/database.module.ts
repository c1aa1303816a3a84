import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS, SettingsError, type ServiceSettings } from '@parley/config';
import { HealthRegistry } from '@parley/health';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { connect } from './connect';
import { OutboxEntry } from './outbox/outbox-entry.entity';
import { outboxMigration } from './outbox/outbox.migration';
import { OutboxRelay } from './outbox/outbox.relay';
import { OutboxRepository } from './outbox/outbox.repository';
import { UnitOfWork } from './outbox/unit-of-work';

export interface DatabaseOptions {
  /** The service's own, created when it is not there. */
  schema: string;
  entities: Type[];
  /** In any order; they run by the timestamp in their names. */
  migrations: (new () => MigrationInterface)[];
}

/** Embedded Postgres starts in seconds and serves serially: a connection may have to wait its turn. */
const CONNECT_TIMEOUT_MS = 30_000;

/** A service's rows, migrations and outbox, in a schema of its own. */
@Global()
@Module({})
export class DatabaseModule implements OnModuleInit {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
  ) {}

  static forService(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [SETTINGS],
          useFactory: (settings: ServiceSettings) => ({
            ...dataSourceOptions(options, settings),
            toRetry: () => false,
          }),
          dataSourceFactory: (given) => connect(given as DataSourceOptions, options.schema),
        }),
      ],
      providers: [
        {
          provide: OutboxRepository,
          useFactory: (dataSource: DataSource) => new OutboxRepository(dataSource),
          inject: [DataSource],
        },
        OutboxRelay,
        UnitOfWork,
      ],
      exports: [UnitOfWork],
    };
  }

  onModuleInit(): void {
    this.health.registerHealthCheck('postgres', true, async () => {
      await this.dataSource.query('SELECT 1');
      return { up: true };
    });
  }
}

function dataSourceOptions(options: DatabaseOptions, settings: ServiceSettings): DataSourceOptions {
  if (!settings.DATABASE_URL) {
    throw new SettingsError([
      'DATABASE_URL is not set (only npm start brings a database of its own)',
    ]);
  }
  return {
    type: 'postgres',
    url: settings.DATABASE_URL,
    schema: options.schema,
    applicationName: `parley-${options.schema}`,
    poolSize: settings.DATABASE_POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    synchronize: false,
    migrationsTableName: 'migrations',
    entities: [OutboxEntry, ...options.entities],
    migrations: [outboxMigration(options.schema), ...options.migrations],
    logging: false,
  };
}
