import { Inject, Injectable } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { RegularSweep } from '@parley/service';
import { SignInKeys } from '../keys/sign-in-keys.service';

const SWEEP_MS = 600_000;

/** Forgets the keys of sign-ins that are over. */
@Injectable()
export class SignInSweep extends RegularSweep {
  constructor(@Inject(SignInKeys) keys: SignInKeys) {
    super({
      everyMs: SWEEP_MS,
      work: () => keys.forgetOver(),
      failed: (error) => {
        logEvent('sign-in.sweep-failed', { err: error });
      },
    });
  }
}
