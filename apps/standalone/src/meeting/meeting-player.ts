import { setTimeout as wait } from 'node:timers/promises';
import type { Summary, TimelineEntry } from '@parley/contracts';
import type { AudioSender } from '../client/audio-sender';
import type { ParleyClient } from '../client/parley-client';

const BYTES_PER_MS = 32;
const FRAME_MS = 100;
/** A file is sent in larger frames: the acknowledgements set the pace. */
const HURRIED_FRAME_MS = 1_000;

export interface PlayOptions {
  /** At the speed of speech, or as fast as it is taken. */
  realTime: boolean;
  onEntry?: (entry: TimelineEntry) => void;
  /** Durable milliseconds of the longest channel, of so many. */
  onProgress?: (doneMs: number, totalMs: number) => void;
}

/** Holds a meeting: sends its channels, ends it, and waits for its final summary. */
export class MeetingPlayer {
  constructor(
    private readonly client: ParleyClient,
    private readonly meetingId: string,
    private readonly signal: AbortSignal,
  ) {}

  /** @param tracks 16 kHz mono s16le samples by channel. */
  async play(tracks: Map<string, Buffer>, options: PlayOptions): Promise<void> {
    const summarised = this.follow(options.onEntry);
    summarised.catch(() => undefined);
    const senders = await Promise.all(
      [...tracks].map(async ([channel, pcm]) => ({
        pcm,
        sender: await this.client.audio(this.meetingId, channel),
      })),
    );
    try {
      if (options.realTime) await this.sendInStep(senders, options);
      else await Promise.all(senders.map((one) => this.sendAll(one, options)));
      await Promise.all(senders.map(({ sender }) => sender.stop()));
    } catch (error) {
      for (const { sender } of senders) sender.cut();
      throw error;
    }
    await this.client.request('ingestion', 'POST', `/v1/meetings/${this.meetingId}/end`);
    await summarised;
  }

  /** All channels move together, as they do in a room. */
  private async sendInStep(
    senders: { pcm: Buffer; sender: AudioSender }[],
    options: PlayOptions,
  ): Promise<void> {
    const totalMs = Math.max(...senders.map(({ pcm }) => pcm.length)) / BYTES_PER_MS;
    const startedAt = performance.now();
    for (let positionMs = 0; positionMs < totalMs; positionMs += FRAME_MS) {
      await wait(Math.max(0, startedAt + positionMs + FRAME_MS - performance.now()), undefined, {
        signal: this.signal,
      });
      for (const { pcm, sender } of senders) {
        const frame = slice(pcm, positionMs, FRAME_MS);
        if (frame.length > 0) await sender.send(frame);
      }
      options.onProgress?.(Math.min(totalMs, positionMs + FRAME_MS), totalMs);
    }
  }

  private async sendAll(
    { pcm, sender }: { pcm: Buffer; sender: AudioSender },
    options: PlayOptions,
  ): Promise<void> {
    const totalMs = pcm.length / BYTES_PER_MS;
    for (let positionMs = 0; positionMs < totalMs; positionMs += HURRIED_FRAME_MS) {
      this.signal.throwIfAborted();
      await sender.send(slice(pcm, positionMs, HURRIED_FRAME_MS));
      options.onProgress?.(sender.durableMs, totalMs);
    }
  }

  private async follow(onEntry: (entry: TimelineEntry) => void = () => undefined): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([this.signal, done.signal]);
    await this.client.follow(
      this.meetingId,
      (entry) => {
        onEntry(entry);
        if (entry.type === 'summary' && (entry.data as Summary).status === 'final') done.abort();
      },
      signal,
    );
    this.signal.throwIfAborted();
  }
}

function slice(pcm: Buffer, startMs: number, lengthMs: number): Buffer {
  return pcm.subarray(startMs * BYTES_PER_MS, (startMs + lengthMs) * BYTES_PER_MS);
}
