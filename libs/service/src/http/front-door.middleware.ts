import { ProblemError } from '@parley/contracts';
import { makeContext, runInContext, type RequestContext } from '@parley/observability';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { anonymous, authenticate, type Visitor } from '../access/authenticate';
import { requireScope } from '../access/require-scope';
import type { Tickets } from '../access/tickets';
import { sendProblem } from '../problems/problem.filter';
import { takeBody } from './body/take-body';
import { beginDeadline, type RunningDeadline } from './deadline/begin-deadline';
import type { FrontDoor } from './front-door';
import { isPreflight } from './headers/cors';
import { API_HEADERS, DOCS_HEADERS, type HeaderList } from './headers/security-headers';
import { isOperational, isDocumentation } from './operational-paths';
import { identity } from './identity';
import { recordAnswer } from './record-answer';
import { parameterOf, type Found, type RouteRules } from './routes/route-table';
import { assertReadable, pathOf } from './target';

/** Methods that change nothing, so that a foreign page's call, which it cannot read, does no harm. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** One request on its way in. */
interface Visit {
  request: Request;
  response: Response;
  next: NextFunction;
  context: RequestContext;
  path: string;
  /** Answers with the problem that an error stands for. */
  refuse: (error: unknown) => void;
}

/**
 * The one early middleware of a service: id and trace, security headers, CORS, API key, deadline, body. What it
 * refuses costs no more than its headers.
 */
export function frontDoorMiddleware(door: FrontDoor): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const context = makeContext(door.service, identity(request.headers));
    response.once('close', () => {
      runInContext(context, () => {
        recordAnswer(door.metrics, request, response, startedAt);
      });
    });
    const path = pathOf(request.url);
    const answer = (error: unknown): void => {
      runInContext(context, () => {
        sendProblem(error, request, response);
      });
    };
    const refuse = (error: unknown): void => {
      if (error instanceof ProblemError && error.code === 'unauthorized') {
        void door.access.failures.counted(error, request).then(answer);
      } else answer(error);
    };
    const visit: Visit = { request, response, next, context, path, refuse };
    try {
      response.setHeader('X-Request-ID', context.requestId);
      setHeaders(response, isDocumentation(path) ? DOCS_HEADERS : API_HEADERS);
      if (answersForOrigin(door, visit)) return;
      assertReadable(request.url, path);
      letIn(door, visit);
    } catch (error) {
      refuse(error);
    }
  };
}

/** Deals with what browsers ask for other origins' pages. @returns whether the request is answered. */
function answersForOrigin(
  { cors, routes }: FrontDoor,
  { request, response, path }: Visit,
): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  setHeaders(response, cors.headers(origin));
  const allowed = cors.allows(request);
  const asks = isPreflight(request);
  if (!allowed && (asks || !SAFE.has(request.method))) {
    throw new ProblemError('forbidden', 'Pages of this origin may not call: CORS_ALLOW_ORIGINS.');
  }
  if (!asks) return false;
  setHeaders(response, cors.preflightHeaders(routes().methodsOf(path)));
  response.statusCode = 204;
  response.end();
  return true;
}

function letIn(door: FrontDoor, visit: Visit): void {
  const { request, path } = visit;
  const found = door.routes().find(request.method, path);
  if (isOperational(path) || (found.kind === 'route' && found.rules.needs === 'nothing')) {
    proceed(door, visit, found, anonymous(request, door.access));
    return;
  }
  const visitor = visitorOf(door, visit, found);
  if (visitor instanceof Promise) {
    visitor
      .then((known) => {
        proceed(door, visit, found, known);
      })
      .catch(visit.refuse);
  } else proceed(door, visit, found, visitor);
}

function visitorOf(
  { tickets, access }: FrontDoor,
  { request, path }: Visit,
  found: Found,
): Visitor | Promise<Visitor> {
  const ticket = found.kind === 'route' && ticketFor(found.rules, request.url, tickets);
  if (!ticket) return authenticate(request, access);
  return tickets.redeem(
    ticket,
    parameterOf(found.rules.path, path, found.rules.ticketParameter ?? ''),
  );
}

function ticketFor(rules: RouteRules, url: string, tickets: Tickets): string | null {
  return rules.ticketParameter === null ? null : tickets.shownIn(url);
}

function proceed(door: FrontDoor, visit: Visit, found: Found, visitor: Visitor): void {
  const { request, response, context, next } = visit;
  context.caller = visitor.caller;
  context.workspaceId = visitor.workspaceId;
  if (found.kind === 'other-methods') {
    answerOtherMethod(visit, found.allowed.join(', '));
    return;
  }
  const known = found.kind === 'route';
  const rules = known ? found.rules : door.unknownRoute;
  if (!isOperational(visit.path)) requireScope(rules.needs, visitor.caller, door.access);
  // Probes and documents have limits of their own: a slow dependency must not hide what they tell of it.
  const deadline = isOperational(visit.path)
    ? null
    : beginDeadline(door.clock, visit, rules, visitor);
  context.deadline = deadline;
  takeBody(
    { request, response, refuse: visit.refuse },
    { ...rules, ignored: SAFE.has(request.method), known },
    () => {
      if (rules.streaming && deadline) {
        release(context, deadline);
        endWithKey(door, response, visitor);
      }
      runInContext(context, next);
    },
  );
}

function answerOtherMethod({ request, response }: Visit, allowed: string): void {
  response.setHeader('Allow', allowed);
  if (request.method !== 'OPTIONS')
    throw new ProblemError('method-not-allowed', `Here: ${allowed}.`);
  response.statusCode = 204;
  response.end();
}

/** From here on the stream lasts as long as it is read. */
function release(context: RequestContext, deadline: RunningDeadline): void {
  deadline.release();
  context.deadline = null;
}

/** A stream lasts no longer than the key that opened it. */
function endWithKey({ access }: FrontDoor, response: Response, { caller }: Visitor): void {
  const forget = access.ring.onEnd(caller, () => response.destroy());
  response.once('close', forget);
}

function setHeaders(response: Response, headers: HeaderList): void {
  for (const [name, value] of headers) response.setHeader(name, value);
}
