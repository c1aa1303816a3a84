import { setTimeout as wait } from 'node:timers/promises';
import type { AudioSender, ParleyClient } from '@parley/client';

const BYTES_PER_MS = 32;
const FRAME_MS = 100;

/** Somebody who says the same again and again, at the pace of speech, until told to stop. */
export class LiveAudio {
  private stopped = false;
  private readonly spoken: Promise<number>;

  private constructor(
    private readonly sender: AudioSender,
    private readonly pcm: Buffer,
  ) {
    this.spoken = this.speak();
  }

  static async start(parley: ParleyClient, meetingId: string, pcm: Buffer): Promise<LiveAudio> {
    return new LiveAudio(await parley.sendAudio(meetingId), pcm);
  }

  /** @returns how many milliseconds were said, once the service holds all of them. */
  async stop(): Promise<number> {
    this.stopped = true;
    const spokenMs = await this.spoken;
    await this.sender.stop();
    return spokenMs;
  }

  private async speak(): Promise<number> {
    const startedAt = performance.now();
    const frameBytes = FRAME_MS * BYTES_PER_MS;
    const frames = Math.floor(this.pcm.length / frameBytes);
    for (let frame = 0; ; frame += 1) {
      if (this.stopped) return frame * FRAME_MS;
      const at = (frame % frames) * frameBytes;
      await this.sender.send(this.pcm.subarray(at, at + frameBytes));
      await wait(Math.max(0, startedAt + (frame + 1) * FRAME_MS - performance.now()));
    }
  }
}
