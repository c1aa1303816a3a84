import { SetMetadata } from '@nestjs/common';

/** What a route takes for a body when that is not JSON of MAX_REQUEST_BYTES. */
export interface BodyRules {
  /** Or the name of a setting that says it, and how much more the body may hold around it. */
  maxBytes: number | { setting: string; plus?: number };
  /** Without parameters: `multipart/form-data`. JSON is parsed, everything else left to the handler. */
  mediaTypes: readonly string[];
  /** How long the request may take in all, its body included. Default: REQUEST_TIMEOUT_SECONDS. */
  timeoutSeconds?: number;
}

export const BODY_RULES = 'parley:body-rules';
export const STREAMING = 'parley:streaming';
export const ACCEPTS_TICKET = 'parley:accepts-ticket';

/** States what body a route takes; it is refused by its head before a byte of it is read. */
export const BodyLimit = (rules: BodyRules): MethodDecorator => SetMetadata(BODY_RULES, rules);

/** The answer lasts as long as its reader wants: no deadline. */
export const Streaming = (): MethodDecorator => SetMetadata(STREAMING, true);

/**
 * `?ticket=` may stand for the API key, for who cannot send headers: see {@link Tickets}.
 * @param parameter the path's parameter that the ticket is bound to.
 */
export const AcceptsTicket = (parameter: string): MethodDecorator =>
  SetMetadata(ACCEPTS_TICKET, parameter);
