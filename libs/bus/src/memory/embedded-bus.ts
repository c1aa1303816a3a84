import type { AudioLog } from '../audio-log';
import type { Broadcast } from '../broadcast';
import type { EventBus } from '../event-bus';
import { MemoryAudioLog } from './memory-audio-log';
import { MemoryBroadcast } from './memory-broadcast';
import { MemoryEventBus, type MemoryEventBusOptions } from './memory-event-bus';

export interface EmbeddedBus {
  bus: EventBus;
  broadcast: Broadcast;
  audioLog: AudioLog;
}

let embedded: EmbeddedBus | undefined;

/**
 * Lets the services of this process share an in-memory bus; used where REDIS_URL is unset.
 * With `awaitGroups`, nothing is published before all of them have subscribed.
 * Calling it again while it is enabled changes nothing.
 */
export function enableEmbeddedBus(options: MemoryEventBusOptions = {}): void {
  embedded ??= {
    bus: new MemoryEventBus(options),
    broadcast: new MemoryBroadcast(),
    audioLog: new MemoryAudioLog(),
  };
}

/** Closes the in-memory bus; what it still held is gone. */
export async function disableEmbeddedBus(): Promise<void> {
  const closing = embedded;
  embedded = undefined;
  await closing?.bus.close();
  await closing?.broadcast.close();
  await closing?.audioLog.close();
}

/** The in-memory bus of this process, if it is enabled. */
export function embeddedBus(): EmbeddedBus | undefined {
  return embedded;
}
