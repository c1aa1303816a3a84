import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Requirement } from '../../access/require-scope';

/** What a route takes for a body when that is not JSON of MAX_REQUEST_BYTES. */
export interface BodyRules {
  /** Or the name of a setting that says it, and how much more the body may hold around it. */
  maxBytes: number | { setting: string; plus?: number };
  /** Without parameters: `multipart/form-data`. JSON is parsed, everything else left to the handler. */
  mediaTypes: readonly string[];
  /** How long the request may take in all, its body included. Default: REQUEST_TIMEOUT_SECONDS. */
  timeoutSeconds?: number;
}

export const NEEDS_SCOPE = 'parley:needs-scope';
/** Says in the OpenAPI document what a route needs. */
export const SCOPE_EXTENSION = 'x-scope';
export const BODY_RULES = 'parley:body-rules';
export const STREAMING = 'parley:streaming';
export const ACCEPTS_TICKET = 'parley:accepts-ticket';

/** States what body a route takes; it is refused by its head before a byte of it is read. */
export const BodyLimit = (rules: BodyRules): MethodDecorator => SetMetadata(BODY_RULES, rules);

/**
 * What the key of a caller must allow, for a route or for all routes of a controller. Without it: reading needs `read`,
 * everything else the operator.
 */
export const NeedsScope = (scope: Requirement): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(NEEDS_SCOPE, scope), ApiExtension(SCOPE_EXTENSION, scope));

/** The answer lasts as long as its reader wants: no deadline. */
export const Streaming = (): MethodDecorator => SetMetadata(STREAMING, true);

/**
 * `?ticket=` may stand for the API key, for who cannot send headers: see {@link Tickets}.
 * @param parameter the path's parameter that the ticket is bound to.
 */
export const AcceptsTicket = (parameter: string): MethodDecorator =>
  SetMetadata(ACCEPTS_TICKET, parameter);
