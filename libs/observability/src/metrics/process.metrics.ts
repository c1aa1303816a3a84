import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Gauges that prom-client names like counters, which Prometheus' own lint refuses; the same by type remain. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Which registry of this process tells about the process: a sum over its services must not count it six times. */
let holder: Registry | undefined;

/** Adds `process_*` and `nodejs_*` to `registry`, unless another of this process has them. */
export function claimProcessMetrics(registry: Registry): void {
  if (holder) return;
  holder = registry;
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
}

/** Lets the next service of this process have them. */
export function releaseProcessMetrics(registry: Registry): void {
  if (holder === registry) holder = undefined;
}
