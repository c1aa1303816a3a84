import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import { SignInKeys } from '../keys/sign-in-keys.service';

const SWEEP_MS = 600_000;

/** Forgets the keys of sign-ins that are over. Several replicas may do so at once. */
@Injectable()
export class SignInSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly regular: Sweep;

  constructor(@Inject(SignInKeys) keys: SignInKeys) {
    this.regular = new Sweep({
      everyMs: SWEEP_MS,
      work: () => keys.forgetOver(),
      failed: (error) => {
        logEvent('sign-in.sweep-failed', { err: error });
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
