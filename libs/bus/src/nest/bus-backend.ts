import { SettingsError, type ServiceSettings } from '@parley/config';
import type { AudioLog } from '../audio-log';
import type { Broadcast } from '../broadcast';
import type { EventBus } from '../event-bus';
import { embeddedBus } from '../memory/embedded-bus';
import { RedisAudioLog } from '../redis/redis-audio-log';
import { RedisBroadcast } from '../redis/redis-broadcast';
import { RedisEventBus } from '../redis/redis-event-bus';

export type BusSettings = Pick<
  ServiceSettings,
  'REDIS_URL' | 'BUS_MAX_DELIVERIES' | 'BUS_CLAIM_IDLE_SECONDS'
>;

/** The three adapters that one service uses. */
export interface BusBackend {
  bus: EventBus;
  broadcast: Broadcast;
  audioLog: AudioLog;
  close(): Promise<void>;
}

/**
 * Redis where REDIS_URL names one, else the process's embedded bus.
 * @throws SettingsError when there is neither.
 */
export function openBackend(settings: BusSettings, group: string): BusBackend {
  if (settings.REDIS_URL) return openRedis(settings.REDIS_URL, settings, group);
  const embedded = embeddedBus();
  if (!embedded) {
    throw new SettingsError([
      'REDIS_URL is not set: a service on its own needs Redis (npm start brings an embedded bus)',
    ]);
  }
  // Shared by the services of the process: who enabled it closes it.
  return { ...embedded, close: () => Promise.resolve() };
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
  return { bus, broadcast, audioLog, close };
}
