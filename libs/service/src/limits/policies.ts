/** How many requests of one kind a caller may make a minute. */
export interface RateLimitPolicy {
  /** Shown in the `RateLimit` headers and part of what is counted: lower case, digits, hyphens. */
  name: string;
  perMinute: number;
}

/** The length of every window. */
export const RATE_LIMIT_WINDOW_MS = 60_000;

/** What keeps a model or a processor busy, files that people send among it. */
export const PROCESSING: RateLimitPolicy = { name: 'processing', perMinute: 60 };
/** Opening a feed of server-sent events or over a WebSocket; reconnecting counts. */
export const OPENING_A_FEED: RateLimitPolicy = { name: 'feeds', perMinute: 120 };
/** Opening a socket that audio is sent on. */
export const OPENING_A_SOCKET: RateLimitPolicy = { name: 'sockets', perMinute: 30 };
/** Beginning to sign in through the identity provider. Those who do so at a page are one caller: its server asks. */
export const BEGINNING_A_SIGN_IN: RateLimitPolicy = { name: 'sign-in-begin', perMinute: 120 };
/** Finishing it: of its own, so that whoever only begins keeps nobody from it. */
export const FINISHING_A_SIGN_IN: RateLimitPolicy = { name: 'sign-in-complete', perMinute: 120 };
/** Wrong or missing API keys, counted by address. */
export const FAILED_AUTH: RateLimitPolicy = { name: 'failed-auth', perMinute: 30 };
