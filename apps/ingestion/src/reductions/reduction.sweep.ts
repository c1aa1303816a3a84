import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { ReductionsService } from './reductions.service';

const SWEEP_MS = 30_000;

/** Brings reductions to their end. Several replicas may do so at once. */
@Injectable()
export class ReductionSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;

  constructor(@Inject(ReductionsService) private readonly reductions: ReductionsService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweepSoon();
    }, SWEEP_MS);
    this.sweepSoon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private sweepSoon(): void {
    this.sweeping ??= this.reductions
      .sweep()
      .catch((error: unknown) => {
        logEvent('reduction.sweep-failed', { err: error });
      })
      .finally(() => {
        this.sweeping = null;
      });
  }
}
