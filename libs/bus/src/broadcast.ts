/**
 * Fire-and-forget messages to whoever listens right now, on every replica: partial segments and
 * wake-ups. Nothing is stored and nothing is sent again. Adapters: Redis pub/sub, and in process.
 */
export abstract class Broadcast {
  /** `message` is JSON. */
  abstract publish(channel: string, message: object): Promise<void>;
  /** Resolves, once listening, with the call that stops it. */
  abstract subscribe(
    channel: string,
    listener: (message: unknown) => void,
  ): Promise<() => Promise<void>>;
  abstract close(): Promise<void>;
}
