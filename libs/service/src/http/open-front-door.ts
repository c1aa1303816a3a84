import type { NestExpressApplication } from '@nestjs/platform-express';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { HttpMetrics, logEvent } from '@parley/observability';
import type { Access } from '../access/authenticate';
import type { ProxyTrust } from '../access/client-address';
import { FailedAuth } from '../access/failed-auth';
import { KeyRing } from '../access/key-ring';
import { KeySync } from '../access/key-sync';
import { ServiceKeys } from '../access/service-keys';
import { Tickets } from '../access/tickets';
import { RateLimiter } from '../limits/rate-limiter';
import { DeadlineClock } from './deadline/deadline-clock';
import type { FrontDoor } from './front-door';
import { frontDoorMiddleware } from './front-door.middleware';
import { CorsPolicy } from './headers/cors';
import { buildRouteTable } from './routes/build-route-table';
import type { RouteTable } from './routes/route-table';
import { limitServer, waitForRequests, type ServerLimits } from './server/limit-server';

/** Puts the front door before everything that `app` serves; call it before `app.init()`. */
export function openFrontDoor(
  app: NestExpressApplication,
  service: string,
  limits: Partial<ServerLimits> = {},
): FrontDoor {
  const settings = app.get<ServiceSettings>(SETTINGS);
  let table: RouteTable | undefined;
  const limiter = app.get(RateLimiter);
  const trust = proxyTrust(app, settings.TRUST_PROXY);
  const door: FrontDoor = {
    service,
    access: {
      keys: app.get(ServiceKeys),
      ring: app.get(KeyRing),
      sync: app.get(KeySync),
      failures: new FailedAuth(limiter, trust),
      required: settings.AUTH_ENABLED === '1',
      trust,
    },
    cors: new CorsPolicy(settings.CORS_ALLOW_ORIGINS),
    tickets: app.get(Tickets),
    clock: new DeadlineClock(),
    metrics: app.get(HttpMetrics),
    routes: () => {
      if (table) return table;
      table = buildRouteTable(app, settings);
      waitForRequests(app.getHttpServer(), table.longestMs);
      return table;
    },
    unknownRoute: {
      path: '',
      needs: 'any',
      maxBytes: settings.MAX_REQUEST_BYTES,
      mediaTypes: [],
      timeoutMs: settings.REQUEST_TIMEOUT_SECONDS * 1_000,
      streaming: false,
      ticketParameter: null,
    },
  };
  app.disable('x-powered-by');
  // Of no use to answers that no cache may keep, and dear to compute.
  app.disable('etag');
  app.use(frontDoorMiddleware(door));
  limitServer(app.getHttpServer(), limits);
  warnIfOpen(door.access, settings.HOST);
  return door;
}

/** Express compiles the setting, addresses and subnets alike; a number counts hops. */
function proxyTrust(app: NestExpressApplication, setting: string): ProxyTrust | null {
  if (setting === '' || setting === '0') return null;
  app.set('trust proxy', /^\d+$/.test(setting) ? Number(setting) : setting);
  return app.getHttpAdapter().getInstance().get('trust proxy fn') as ProxyTrust;
}

function warnIfOpen({ required }: Access, host: string): void {
  if (required || /^(localhost|127\.[\d.]+|::1)$/.test(host)) return;
  logEvent('access.open', { name: host });
}
