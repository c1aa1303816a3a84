import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Sweep, type SweepOptions } from './sweep';

/** A {@link Sweep} that begins with its service, at once, and ends with it. Several replicas may do its work at one time. */
export abstract class RegularSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly regular: Sweep;

  constructor(options: SweepOptions) {
    this.regular = new Sweep(options);
  }

  onApplicationBootstrap(): void {
    this.regular.start();
    this.regular.now();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.regular.stop();
  }
}
