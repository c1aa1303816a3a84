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
