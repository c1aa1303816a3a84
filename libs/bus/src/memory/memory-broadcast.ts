import { logEvent } from '@parley/observability';
import type { Broadcast } from '../broadcast';

type Listener = (message: unknown) => void;

/** Broadcast within one process. Messages are copied as JSON, as they would be by Redis. */
export class MemoryBroadcast implements Broadcast {
  private readonly listeners = new Map<string, Set<Listener>>();

  publish(channel: string, message: object): Promise<void> {
    const json = JSON.stringify(message);
    for (const listener of this.listeners.get(channel) ?? []) {
      // Later and apart: a listener can neither hold up nor break who publishes.
      setImmediate(() => {
        if (this.listeners.get(channel)?.has(listener)) this.tell(listener, json);
      });
    }
    return Promise.resolve();
  }

  subscribe(channel: string, listener: Listener): Promise<() => Promise<void>> {
    const listeners = this.listeners.get(channel) ?? new Set();
    // Its own function, so that the same listener may subscribe twice and stop once.
    const own: Listener = (message) => {
      listener(message);
    };
    this.listeners.set(channel, listeners.add(own));
    return Promise.resolve(() => {
      listeners.delete(own);
      if (listeners.size === 0 && this.listeners.get(channel) === listeners) {
        this.listeners.delete(channel);
      }
      return Promise.resolve();
    });
  }

  close(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }

  private tell(listener: Listener, json: string): void {
    try {
      listener(JSON.parse(json));
    } catch (error) {
      logEvent('broadcast.listener-failed', { channel: undefined, err: error });
    }
  }
}
