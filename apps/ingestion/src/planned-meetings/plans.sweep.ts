import { Inject, Injectable } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { RegularSweep } from '@parley/service';
import { PlannedMeetingsRepository } from './planned-meetings.repository';

const SWEEP_MS = 600_000;

/** Forgets plans whose time is over. */
@Injectable()
export class PlansSweep extends RegularSweep {
  constructor(@Inject(PlannedMeetingsRepository) plans: PlannedMeetingsRepository) {
    super({
      everyMs: SWEEP_MS,
      work: () => plans.removeOver(),
      failed: (error) => {
        logEvent('planned-meetings.sweep-failed', { err: error });
      },
    });
  }
}
