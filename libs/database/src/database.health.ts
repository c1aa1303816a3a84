import { Inject, Injectable } from '@nestjs/common';
import { HealthRegistry, type HealthProbe } from '@parley/health';
import { DataSource } from 'typeorm';
import { databaseAwayReason } from './connect-errors';
import { DatabaseConnection } from './database-connection';

/** Tells `/health` how Postgres is, and what the embedded one cannot promise. */
@Injectable()
export class DatabaseHealth {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(DatabaseConnection) private readonly connection: DatabaseConnection,
    @Inject(HealthRegistry) health: HealthRegistry,
  ) {
    health.registerHealthCheck('postgres', true, () => this.probe());
  }

  private async probe(): Promise<HealthProbe> {
    const { awayReason } = this.connection;
    if (awayReason !== null) return { up: false, reason: awayReason };
    try {
      return await this.ask();
    } catch (error) {
      return { up: false, reason: databaseAwayReason(error) ?? 'failing' };
    }
  }

  private async ask(): Promise<HealthProbe> {
    const [row] = await this.dataSource.query<{ version: string }[]>('SELECT version()');
    if (!row?.version.includes('PGlite')) return { up: true, mode: 'server' };
    return {
      up: true,
      mode: 'embedded',
      durability: 'a crash loses nothing; a power loss may cost the last writes',
    };
  }
}
