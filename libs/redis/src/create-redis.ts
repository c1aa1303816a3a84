import { logEvent } from '@parley/observability';
import Redis, { type RedisOptions } from 'ioredis';
import { reconnectDelayMs } from './reconnect-delay';
import { noteRedisError, redisAwayReason } from './redis-away';

export interface ConnectionOptions {
  /** Shown in `CLIENT LIST` and in log lines. */
  name: string;
  /** The longest `BLOCK` this connection will be asked for. Unset: it never blocks. */
  blockMs?: number;
  /** How long a command may take before it rejects. Default: 5000; blocking connections wait. */
  commandTimeoutMs?: number;
}

const COMMAND_TIMEOUT_MS = 5_000;
/** How long a socket that is cut may still hold the process. */
const DISCONNECT_MS = 500;
/** How long an answer may be late before the socket counts as half-open and is replaced. */
const SILENCE_MS = 10_000;

/**
 * Opens a Redis connection that reconnects for ever, with jittered exponential backoff.
 * A command that is not answered in 5 s rejects (blocking connections: waits for the reconnect), so that
 * nobody hangs on a Redis that is away. Close it with `closeRedis`.
 */
export function createRedis(url: string, options: ConnectionOptions): Redis {
  const settings: RedisOptions = {
    connectionName: options.name,
    connectTimeout: SILENCE_MS,
    disconnectTimeout: DISCONNECT_MS,
    keepAlive: 10_000,
    maxRetriesPerRequest: null,
    retryStrategy: reconnectDelayMs,
    // After a failover the old primary refuses writes: find the new one and say it again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    socketTimeout: (options.blockMs ?? 0) + SILENCE_MS,
    ...(options.blockMs === undefined
      ? { commandTimeout: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS }
      : {}),
  };
  const redis = new Redis(url, settings);
  redis.on('close', () => {
    // ioredis 5.11 leaves this timer behind: it would keep the process alive and cut the next, healthy socket.
    const holder = redis as unknown as { socketTimeoutTimer: NodeJS.Timeout | undefined };
    clearTimeout(holder.socketTimeoutTimer);
    holder.socketTimeoutTimer = undefined;
  });
  let away: string | undefined;
  redis.on('error', (error: Error) => {
    noteRedisError(redis, error);
    const reason = redisAwayReason(error) ?? error.message;
    // Once per outage and reason: every attempt to reconnect ends here too.
    if (away !== reason) logEvent('redis.away', { connection: options.name, err: error });
    away = reason;
  });
  redis.on('ready', () => {
    if (away !== undefined) logEvent('redis.back', { connection: options.name });
    away = undefined;
  });
  return redis;
}
