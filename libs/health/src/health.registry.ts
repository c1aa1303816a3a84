import { Injectable } from '@nestjs/common';
import type { HealthCheck, HealthProbe } from './health-check';
import { ProbeCache } from './probe-cache';

/** Where a library or feature tells what its service depends on. */
@Injectable()
export class HealthRegistry {
  private readonly registered: ProbeCache[] = [];

  get checks(): readonly ProbeCache[] {
    return this.registered;
  }

  registerHealthCheck(name: string, required: boolean, probe: HealthCheck['probe']): void {
    // A probe that throws before it returns is as unreachable as one that rejects.
    const asked = async (): Promise<HealthProbe> => probe();
    this.registered.push(new ProbeCache({ name, required, probe: asked }));
  }
}
