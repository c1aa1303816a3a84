import { Injectable } from '@nestjs/common';
import { ProbeCache } from './probe-cache';

/** What a dependency says of itself. */
export interface HealthProbe {
  up: boolean;
  /** Why not, as a short code without blanks; no addresses, no secrets. */
  reason?: string;
  [detail: string]: unknown;
}

/** A dependency and the way to ask it. */
export interface HealthCheck {
  /** Also the value of `component` in `<service>_dependency_up`. */
  name: string;
  /** Without it the service is not ready; otherwise it is only degraded. */
  required: boolean;
  /** What it throws counts as unreachable. */
  probe: () => Promise<HealthProbe>;
}

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
