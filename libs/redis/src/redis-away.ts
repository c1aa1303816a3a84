import type Redis from 'ioredis';

/** Why Redis does not serve us; words for logs and `/health`. */
const REASONS: [sign: RegExp, reason: string][] = [
  [/^(WRONGPASS|NOAUTH|NOPERM)|invalid password/, 'authentication failed'],
  [/^LOADING/, 'loading its data'],
  [/^OOM/, 'out of memory'],
  [/^(READONLY|MASTERDOWN|CLUSTERDOWN)/, 'no writable primary'],
  [/ENOTFOUND|EAI_AGAIN/, 'its host name is not known'],
  [/Command timed out|ETIMEDOUT|Socket timeout/, 'no answer in time'],
  [
    /ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|Connection is closed|writeable/,
    'unreachable',
  ],
];

/** Redis is not there, or does not take commands. */
export class RedisAwayError extends Error {
  override readonly name = 'RedisAwayError';

  constructor(readonly reason: string) {
    super(`Redis cannot be used: ${reason}`);
  }
}

/**
 * Why Redis cannot be used at present, or null when `error` says something else.
 * Never holds an address or a password.
 */
export function redisAwayReason(error: unknown): string | null {
  if (error instanceof RedisAwayError) return error.reason;
  if (!(error instanceof Error)) return null;
  // Of several addresses of one name each is tried: the error of all has no message.
  const { code } = error as { code?: unknown };
  const text = `${error.message} ${typeof code === 'string' ? code : ''}`;
  return REASONS.find(([sign]) => sign.test(text))?.[1] ?? null;
}

const lastErrors = new WeakMap<Redis, unknown>();

/** Remembers what a connection failed with last. */
export function noteRedisError(redis: Redis, error: unknown): void {
  lastErrors.set(redis, error);
}

/** @throws RedisAwayError at once, where a command would wait for the connection. */
export function assertRedisReady(redis: Redis): void {
  if (redis.status === 'ready') return;
  throw new RedisAwayError(redisAwayReason(lastErrors.get(redis)) ?? 'unreachable');
}
