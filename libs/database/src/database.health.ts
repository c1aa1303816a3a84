import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthRegistry, type HealthProbe } from '@parley/health';
import { DataSource } from 'typeorm';

/** Tells `/health` how Postgres is, and what the embedded one cannot promise. */
@Injectable()
export class DatabaseHealth implements OnModuleInit {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.registerHealthCheck('postgres', true, () => this.probe());
  }

  private async probe(): Promise<HealthProbe> {
    const [row] = await this.dataSource.query<{ version: string }[]>('SELECT version()');
    if (!row?.version.includes('PGlite')) return { up: true, mode: 'server' };
    return {
      up: true,
      mode: 'embedded',
      durability: 'a crash loses nothing; a power loss may cost the last writes',
    };
  }
}
