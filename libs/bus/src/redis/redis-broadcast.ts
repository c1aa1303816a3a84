import { logEvent } from '@parley/observability';
import { closeRedis, createRedis } from '@parley/redis';
import type Redis from 'ioredis';
import type { Broadcast } from '../broadcast';
import { BusClosedError } from '../delivery/bus-errors';

type Listener = (message: unknown) => void;

/** Broadcast over Redis pub/sub, on a connection of its own for listening. */
export class RedisBroadcast implements Broadcast {
  private readonly prefix: string;
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Map<string, Set<Listener>>();
  private closing: Promise<void> | undefined;

  constructor(options: { url: string; name: string; prefix?: string }) {
    this.prefix = `${options.prefix ?? 'parley'}:broadcast:`;
    this.publisher = createRedis(options.url, { name: `${options.name}:broadcast` });
    this.subscriber = createRedis(options.url, { name: `${options.name}:listen` });
    this.subscriber.on('message', (key: string, json: string) => {
      this.tell(key.slice(this.prefix.length), json);
    });
  }

  async publish(channel: string, message: object): Promise<void> {
    if (this.closing) throw new BusClosedError();
    await this.publisher.publish(this.prefix + channel, JSON.stringify(message));
  }

  async subscribe(channel: string, listener: Listener): Promise<() => Promise<void>> {
    if (this.closing) throw new BusClosedError();
    const listeners = this.listeners.get(channel) ?? new Set();
    // Its own function, so that the same listener may subscribe twice and stop once.
    const own: Listener = (message) => {
      listener(message);
    };
    this.listeners.set(channel, listeners.add(own));
    // Also for the second listener: Redis does not mind, and it must not be told before it is so.
    await this.subscriber.subscribe(this.prefix + channel);
    return async () => {
      listeners.delete(own);
      if (listeners.size > 0 || this.listeners.get(channel) !== listeners) return;
      this.listeners.delete(channel);
      if (!this.closing) await this.subscriber.unsubscribe(this.prefix + channel);
    };
  }

  close(): Promise<void> {
    this.listeners.clear();
    this.closing ??= Promise.all([closeRedis(this.publisher), closeRedis(this.subscriber)]).then(
      () => undefined,
    );
    return this.closing;
  }

  private tell(channel: string, json: string): void {
    for (const listener of this.listeners.get(channel) ?? []) {
      try {
        listener(JSON.parse(json));
      } catch (error) {
        logEvent('broadcast.listener-failed', { channel, err: error });
      }
    }
  }
}
