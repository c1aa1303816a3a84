import { SettingsError, type ServiceSettings, type SettingsRule } from '@parley/config';
import { StartWaitError } from '@parley/health';
import { redisAwayReason } from '@parley/redis';
import type { AudioLog } from '../audio-log';
import type { Broadcast } from '../broadcast';
import type { EventBus } from '../event-bus';
import { embeddedBus } from '../memory/embedded-bus';
import { RedisAudioLog } from '../redis/redis-audio-log';
import { RedisBroadcast } from '../redis/redis-broadcast';
import { RedisEventBus } from '../redis/redis-event-bus';

export type BusSettings = Pick<
  ServiceSettings,
  'REDIS_URL' | 'BUS_MAX_DELIVERIES' | 'BUS_CLAIM_IDLE_SECONDS' | 'START_WAIT_SECONDS'
>;

const NO_BUS =
  'REDIS_URL is not set: a service on its own needs Redis (npm start brings an embedded bus)';

/** A service has no bus without Redis, unless its process has enabled the embedded one. */
export const needsBus: SettingsRule = {
  names: ['REDIS_URL'],
  check: ({ REDIS_URL }) => (REDIS_URL === undefined && !embeddedBus() ? NO_BUS : null),
};

/** The three adapters that one service uses. */
export interface BusBackend {
  bus: EventBus;
  broadcast: Broadcast;
  audioLog: AudioLog;
  /**
   * Waits until the transport can be used, backing off.
   * @throws StartWaitError when it was away too long; the reason of `signal`.
   */
  ready(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Redis where REDIS_URL names one, else the process's embedded bus.
 * @throws SettingsError when there is neither.
 */
export function openBackend(settings: BusSettings, group: string): BusBackend {
  if (settings.REDIS_URL) return openRedis(settings.REDIS_URL, settings, group);
  const embedded = embeddedBus();
  if (!embedded) throw new SettingsError([NO_BUS]);
  // Shared by the services of the process: who enabled it closes it.
  return { ...embedded, ready: () => Promise.resolve(), close: () => Promise.resolve() };
}

function openRedis(url: string, settings: BusSettings, group: string): BusBackend {
  const connection = { url, name: `parley:${group}` };
  const bus = new RedisEventBus({
    ...connection,
    maxDeliveries: settings.BUS_MAX_DELIVERIES,
    claimIdleMs: settings.BUS_CLAIM_IDLE_SECONDS * 1_000,
  });
  const broadcast = new RedisBroadcast(connection);
  const audioLog = new RedisAudioLog(connection);
  const close = async (): Promise<void> => {
    await Promise.all([bus.close(), broadcast.close(), audioLog.close()]);
  };
  const ready = async (signal?: AbortSignal): Promise<void> => {
    try {
      await bus.ready((settings.START_WAIT_SECONDS ?? Infinity) * 1_000, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const reason = redisAwayReason(error) ?? 'unreachable';
      throw new StartWaitError('Redis', 'REDIS_URL', reason, { cause: error });
    }
  };
  return { bus, broadcast, audioLog, ready, close };
}
