import { setTimeout as wait } from 'node:timers/promises';
import { unwrap, type AudioSender, type ParleyClient, type TimelineEntry } from '@parley/client';
import { isWholeSummary } from '@parley/contracts';

const BYTES_PER_MS = 32;
/** As often as a microphone's; in a hurry there is more in each. */
const FRAME_MS = 100;
const LARGEST_FRAME_MS = 1_000;

export interface PlayOptions {
  /** 1 is the speed of speech; Infinity is as fast as it is taken. */
  speed: number;
  onEntry?: (entry: TimelineEntry) => void;
  /** Milliseconds of the longest channel that have been sent, of so many. */
  onProgress?: (doneMs: number, totalMs: number) => void;
}

/** Holds a meeting: sends what was said in it, ends it, and waits for its final summary. */
export class MeetingPlayer {
  constructor(
    private readonly client: ParleyClient,
    private readonly meetingId: string,
    private readonly signal: AbortSignal,
  ) {}

  /** @param tracks 16 kHz mono s16le samples by channel. */
  play(tracks: Map<string, Buffer>, options: PlayOptions): Promise<void> {
    return this.hold(() => this.send(tracks, options), options.onEntry);
  }

  /** @param subtitles what others have heard, WebVTT or SubRip */
  import(subtitles: string, onEntry?: PlayOptions['onEntry']): Promise<void> {
    const params = { path: { id: this.meetingId } };
    const body = { text: subtitles };
    return this.hold(
      () => unwrap(this.client.ingestion.POST('/v1/meetings/{id}/captions', { params, body })),
      onEntry,
    );
  }

  private async hold(send: () => Promise<unknown>, onEntry: PlayOptions['onEntry']): Promise<void> {
    const summarised = this.follow(onEntry);
    summarised.catch(() => undefined);
    await send();
    const params = { path: { id: this.meetingId } };
    await unwrap(this.client.ingestion.POST('/v1/meetings/{id}/end', { params }));
    await summarised;
  }

  private async send(tracks: Map<string, Buffer>, options: PlayOptions): Promise<void> {
    const senders = await Promise.all(
      [...tracks].map(async ([channel, pcm]) => ({
        pcm,
        sender: await this.client.sendAudio(this.meetingId, { channel, signal: this.signal }),
      })),
    );
    try {
      await this.sendInStep(senders, options);
      await Promise.all(senders.map(({ sender }) => sender.stop()));
    } catch (error) {
      for (const { sender } of senders) sender.cut();
      throw error;
    }
  }

  /** All channels move together, as they do in a room. */
  private async sendInStep(
    senders: { pcm: Buffer; sender: AudioSender }[],
    { speed, onProgress }: PlayOptions,
  ): Promise<void> {
    const totalMs = Math.max(...senders.map(({ pcm }) => pcm.length)) / BYTES_PER_MS;
    const frameMs = Math.round(Math.min(LARGEST_FRAME_MS, FRAME_MS * Math.max(1, speed)));
    const startedAt = performance.now();
    for (let positionMs = 0; positionMs < totalMs; positionMs += frameMs) {
      // What is spoken is there once it has been spoken.
      await this.until(startedAt + (positionMs + frameMs) / speed);
      for (const { pcm, sender } of senders) {
        const frame = slice(pcm, positionMs, frameMs);
        if (frame.length > 0) await sender.send(frame);
      }
      onProgress?.(Math.min(totalMs, positionMs + frameMs), totalMs);
    }
  }

  private async until(at: number): Promise<void> {
    this.signal.throwIfAborted();
    const waitMs = at - performance.now();
    if (waitMs > 0) await wait(waitMs, undefined, { signal: this.signal });
  }

  private async follow(onEntry: (entry: TimelineEntry) => void = () => undefined): Promise<void> {
    for await (const entry of this.client.subscribe(this.meetingId, { signal: this.signal })) {
      onEntry(entry);
      if (entry.type === 'summary' && isWholeSummary(entry.data)) return;
    }
    this.signal.throwIfAborted();
  }
}

function slice(pcm: Buffer, startMs: number, lengthMs: number): Buffer {
  return pcm.subarray(startMs * BYTES_PER_MS, (startMs + lengthMs) * BYTES_PER_MS);
}
