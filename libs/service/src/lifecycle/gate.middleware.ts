import { ProblemError } from '@parley/contracts';
import type { Lifecycle } from '@parley/health';
import type { NextFunction, Request, Response } from 'express';
import { closeAfter } from '../http/server/close-after';
import { sendProblem } from '../problems/problem.filter';

/**
 * What clients are told of how long a connection stays good that nothing comes over: two seconds less than the 5 s
 * of `SHUTDOWN_DELAY_SECONDS` in docker-compose.prod.yml, so that none is closed here in the moment in which it is used there,
 * not even by a client whose clock is coarse or which got no turn for a second.
 * Without it Node.js tells them its own 65 s, which are for proxies that take no hint, and fetch keeps it for as long.
 */
const KEEP_ALIVE = 'timeout=3';

/** What an operator asks a service that still waits for its dependencies. */
const ANSWERED_WHILE_STARTING = /^\/(health|livez|readyz|metrics|openapi\.json|docs([/-].*)?)$/;

/**
 * Lets requests in once the service serves. Before, everything but the probes is 503 `unavailable`; once it
 * is told to stop, every answer asks its client to use another connection next time.
 */
export function gateMiddleware(lifecycle: Lifecycle) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (lifecycle.phase === 'serving') {
      if (response.shouldKeepAlive) response.setHeader('keep-alive', KEEP_ALIVE);
      next();
      return;
    }
    if (lifecycle.phase === 'starting') {
      if (ANSWERED_WHILE_STARTING.test(request.path)) next();
      else sendProblem(startingProblem(), request, response);
      return;
    }
    closeAfter(response);
    next();
  };
}

/** The answer while what the service needs is still away. */
export function startingProblem(): ProblemError {
  return new ProblemError(
    'unavailable',
    'The service is starting; see /health for what it waits for.',
  );
}
