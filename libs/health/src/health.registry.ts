import { Injectable } from '@nestjs/common';

export interface HealthProbe {
  up: boolean;
  /** Why not, or what is limited; no addresses, no secrets. */
  reason?: string;
  [detail: string]: unknown;
}

export interface HealthCheck {
  name: string;
  /** Without it the service is not ready; otherwise it is only degraded. */
  required: boolean;
  probe: () => Promise<HealthProbe>;
}

/** Where a library or feature tells what its service depends on. */
@Injectable()
export class HealthRegistry {
  private readonly registered: HealthCheck[] = [];

  get checks(): readonly HealthCheck[] {
    return this.registered;
  }

  registerHealthCheck(name: string, required: boolean, probe: HealthCheck['probe']): void {
    this.registered.push({ name, required, probe });
  }
}
