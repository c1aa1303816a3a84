import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { Lifecycle } from '@parley/health';
import { DataSource } from 'typeorm';
import { connect } from './connect';
import type { TableHolding } from './erasure/holding';
import { HOLDINGS } from './erasure/meeting-eraser';

/**
 * Connects once the service listens, before anything of it works: Nest runs every `onModuleInit` before the
 * first `onApplicationBootstrap`, so that the former may not use the database and the latter may.
 */
@Injectable()
export class DatabaseConnection implements OnModuleInit {
  private reason: string | null = 'connecting';

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Pick<ServiceSettings, 'START_WAIT_SECONDS'>,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(HOLDINGS) private readonly holdings: readonly TableHolding[],
  ) {}

  /** Why there is no database yet; null once there was one. */
  get awayReason(): string | null {
    return this.reason;
  }

  async onModuleInit(): Promise<void> {
    const seconds = this.settings.START_WAIT_SECONDS;
    const { schema } = this.dataSource.options as { schema: string };
    await connect(this.dataSource, schema, {
      signal: this.lifecycle.draining,
      holdings: this.holdings,
      ...(seconds === undefined ? {} : { giveUpAfterMs: seconds * 1_000 }),
      away: (reason) => {
        this.reason = reason;
      },
    });
    this.reason = null;
  }
}
