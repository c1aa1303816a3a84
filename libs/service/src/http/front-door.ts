import type { HttpMetrics } from '@parley/observability';
import type { Access } from '../access/authenticate';
import type { Tickets } from '../access/tickets';
import type { DeadlineClock } from './deadline/deadline-clock';
import type { CorsPolicy } from './headers/cors';
import type { RouteRules, RouteTable } from './routes/route-table';

/** What the front door of one service works with. */
export interface FrontDoor {
  service: string;
  access: Access;
  cors: CorsPolicy;
  tickets: Tickets;
  clock: DeadlineClock;
  metrics: HttpMetrics;
  /** Read when the first request comes: by then every route is there. */
  routes: () => RouteTable;
  /** Applied to requests that no route serves. */
  unknownRoute: RouteRules;
}
