import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import { ReductionsService } from './reductions.service';

const SWEEP_MS = 30_000;

/** Brings reductions to their end. Several replicas may do so at once. */
@Injectable()
export class ReductionSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(@Inject(ReductionsService) reductions: ReductionsService) {
    this.sweep = new Sweep({
      everyMs: SWEEP_MS,
      work: () => reductions.sweep(),
      failed: (error) => {
        logEvent('reduction.sweep-failed', { err: error });
      },
    });
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
    this.sweep.now();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }
}
