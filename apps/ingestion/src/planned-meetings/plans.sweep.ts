import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import { PlannedMeetingsRepository } from './planned-meetings.repository';

const SWEEP_MS = 600_000;

/** Forgets plans whose time is over. Several replicas may do so at once. */
@Injectable()
export class PlansSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly regular: Sweep;

  constructor(@Inject(PlannedMeetingsRepository) plans: PlannedMeetingsRepository) {
    this.regular = new Sweep({
      everyMs: SWEEP_MS,
      work: () => plans.removeOver(),
      failed: (error) => {
        logEvent('planned-meetings.sweep-failed', { err: error });
      },
    });
  }

  onApplicationBootstrap(): void {
    this.regular.start();
    this.regular.now();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.regular.stop();
  }
}
