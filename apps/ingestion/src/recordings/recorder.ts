import { setTimeout as wait } from 'node:timers/promises';
import { BYTES_PER_MS } from '../audio/audio-clock';

/** A stretch of samples, in the place where they belong. */
export interface Stretch {
  startMs: number;
  endMs: number;
  pcm: Buffer;
}

export interface RecorderOptions {
  /** Keeps a stretch. @returns false when no more of it is to be kept. */
  keep(stretch: Stretch): Promise<boolean>;
  /** Nobody could keep it. */
  lost(stretch: Stretch, error: unknown): void;
  /** Waits before each further attempt. Default: 1 and 4 seconds. */
  retryAfterMs?: number[];
}

/** As long is a part: what a process that is killed loses, and what one object in a bucket holds. */
const PART_MS = 10_000;
/** As much waits for a store that is away; what comes then is lost to the recording. */
const MOST_WAITING_MS = 60_000;

/** Gathers what one sender sends into parts, and has them kept one after the other while the meeting goes on. */
export class Recorder {
  private pieces: Buffer[] = [];
  private startMs = 0;
  private gatheredMs = 0;
  private waitingMs = 0;
  private over = false;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly options: RecorderOptions) {}

  take(startMs: number, pcm: Buffer): void {
    if (this.over) return;
    if (this.gatheredMs > 0 && startMs !== this.startMs + this.gatheredMs) this.flush();
    if (this.gatheredMs === 0) this.startMs = startMs;
    this.pieces.push(pcm);
    this.gatheredMs += pcm.length / BYTES_PER_MS;
    if (this.gatheredMs >= PART_MS) this.flush();
  }

  /** Resolves once what was taken is kept or lost. */
  async close(): Promise<void> {
    this.flush();
    await this.working;
  }

  private flush(): void {
    if (this.gatheredMs === 0) return;
    const endMs = this.startMs + this.gatheredMs;
    const stretch = { startMs: this.startMs, endMs, pcm: Buffer.concat(this.pieces) };
    this.pieces = [];
    this.gatheredMs = 0;
    const lengthMs = stretch.endMs - stretch.startMs;
    if (this.waitingMs + lengthMs > MOST_WAITING_MS) {
      this.options.lost(stretch, new Error('too much waits'));
      return;
    }
    this.waitingMs += lengthMs;
    this.working = this.working
      .then(() => this.keep(stretch))
      .finally(() => {
        this.waitingMs -= lengthMs;
      });
  }

  private async keep(stretch: Stretch): Promise<void> {
    const { retryAfterMs = [1_000, 4_000] } = this.options;
    for (let attempt = 0; !this.over; attempt += 1) {
      try {
        this.over = !(await this.options.keep(stretch));
        return;
      } catch (error) {
        const pauseMs = retryAfterMs[attempt];
        if (pauseMs === undefined) {
          this.options.lost(stretch, error);
          return;
        }
        await wait(pauseMs);
      }
    }
  }
}
