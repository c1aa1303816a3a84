import { Inject, Injectable } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { RegularSweep } from '@parley/service';
import { ReductionsService } from './reductions.service';

const SWEEP_MS = 30_000;

/** Brings reductions to their end. */
@Injectable()
export class ReductionSweep extends RegularSweep {
  constructor(@Inject(ReductionsService) reductions: ReductionsService) {
    super({
      everyMs: SWEEP_MS,
      work: () => reductions.sweep(),
      failed: (error) => {
        logEvent('reduction.sweep-failed', { err: error });
      },
    });
  }
}
