import { setTimeout as wait } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BusServer } from '@parley/bus';
import type { ServiceSettings } from '@parley/config';
import { Lifecycle } from '@parley/health';
import { flushTraces, logEvent } from '@parley/observability';
import { SocketRouter } from '../sockets/socket-router';
import type { HttpConnections } from './http-connections';

/** Of the grace, what is left for the outbox, Postgres and Redis after the last answer. */
const RESERVE_SECONDS = 5;

type DrainSettings = Pick<ServiceSettings, 'SHUTDOWN_DELAY_SECONDS' | 'SHUTDOWN_GRACE_SECONDS'>;

/** Ends a service without failing what it accepted. */
export class Drain {
  private begunAt: number | undefined;
  private ending: Promise<void> | undefined;

  constructor(
    private readonly app: NestExpressApplication,
    private readonly connections: HttpConnections,
    private readonly settings: DrainSettings,
  ) {}

  /** `/readyz` is 503 and answers say `Connection: close`; everything is still served. */
  begin(): void {
    if (this.begunAt !== undefined) return;
    this.begunAt = performance.now();
    this.app.get(Lifecycle).enter('draining');
    this.connections.announceEnd();
    const { SHUTDOWN_DELAY_SECONDS: delaySeconds, SHUTDOWN_GRACE_SECONDS: graceSeconds } =
      this.settings;
    logEvent('service.draining', { delaySeconds, graceSeconds });
  }

  /**
   * Begins; after the delay in which load balancers notice, takes no new connection; sockets (1001) and
   * streams end, requests and messages in hand are finished; then the outbox, the workers, Postgres and Redis.
   */
  end(): Promise<void> {
    return (this.ending ??= this.run());
  }

  private async run(): Promise<void> {
    this.begin();
    const delayMs = this.settings.SHUTDOWN_DELAY_SECONDS * 1_000 - this.elapsedMs;
    if (delayMs > 0) await wait(delayMs);

    this.app.get(Lifecycle).enter('closing');
    this.connections.stopListening();
    const leftMs = this.settings.SHUTDOWN_GRACE_SECONDS * 1_000 - this.elapsedMs;
    await Promise.all([
      this.app.get(SocketRouter).close(),
      this.connections.drained(Math.max(leftMs - RESERVE_SECONDS * 1_000, leftMs / 2)),
      this.app.get(BusServer).close(),
    ]);
    await this.app.close();
    await flushTraces();
  }

  private get elapsedMs(): number {
    return performance.now() - (this.begunAt ?? performance.now());
  }
}
