import type { Pledge } from './pledge';
import { contractPledges } from './promises/contract.promise';
import { drainPledges } from './promises/drain.promise';
import { errorPledges } from './promises/errors.promise';
import { headerPledges } from './promises/headers.promise';
import { idempotencyPledges } from './promises/idempotency.promise';
import { inputPledges } from './promises/input.promise';
import { limitPledges } from './promises/limits.promise';
import { logPledges } from './promises/logs.promise';
import { metricPledges } from './promises/metrics.promise';
import { probePledges } from './promises/probes.promise';
import { rateLimitPledges } from './promises/rate-limits.promise';
import { requestIdPledges } from './promises/request-id.promise';
import { startPledges } from './promises/start.promise';
import { tenancyPledges } from './promises/tenancy.promise';
import { tracePledges } from './promises/traces.promise';

/** Everything that every service is held to, in the order of the rows; the contract looks back at all others. */
export const allPledges: readonly Pledge[] = [
  ...errorPledges,
  ...idempotencyPledges,
  ...rateLimitPledges,
  ...probePledges,
  ...drainPledges,
  ...startPledges,
  ...limitPledges,
  ...inputPledges,
  ...headerPledges,
  ...requestIdPledges,
  ...logPledges,
  ...metricPledges,
  ...tracePledges,
  ...tenancyPledges,
  ...contractPledges,
];
