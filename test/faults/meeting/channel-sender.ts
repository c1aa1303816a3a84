import { setTimeout as wait } from 'node:timers/promises';
import type { AudioSender, ParleyClient } from '@parley/client';
import { persist } from './persist';
import { slice } from './spoken';

const FRAME_MS = 100;

/** Speaks one channel at its pace; the client's sender sees to it that all of it arrives. */
export class ChannelSender {
  private sender: AudioSender | undefined;

  constructor(
    private readonly client: ParleyClient,
    private readonly meetingId: string,
    private readonly channel: string,
    private readonly pcm: Buffer,
    private readonly lengthMs: number,
    /** Milliseconds of audio in a millisecond. */
    private readonly pace: number,
  ) {}

  /** Where it stands, in a sentence: for whoever waits in vain. */
  get state(): string {
    const durableMs = this.sender?.durableMs ?? 0;
    return `${this.channel}: ${String(durableMs)} of ${String(this.lengthMs)} ms durable`;
  }

  /** Resolves when the service has all of it and knows that nothing follows. */
  async run(): Promise<void> {
    const { channel, lengthMs } = this;
    const startedAt = performance.now();
    const sender = await persist(() => this.client.sendAudio(this.meetingId, { channel }));
    this.sender = sender;
    for (let atMs = 0; atMs < lengthMs; atMs += FRAME_MS) {
      await wait(Math.max(0, startedAt + atMs / this.pace - performance.now()));
      await sender.send(slice(this.pcm, atMs, Math.min(FRAME_MS, lengthMs - atMs)));
    }
    await sender.stop();
  }
}
