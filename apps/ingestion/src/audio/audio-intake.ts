import type { AudioEntry, AudioLog } from '@parley/bus';
import type { CoverageSpan } from '@parley/contracts';
import { AudioClock, BYTES_PER_MS } from './audio-clock';

export interface AudioIntakeOptions {
  meetingId: string;
  channel: string;
  /** What is durable already. */
  receivedMs: number;
  /** Where the sender begins. */
  resumeFromMs: number;
  backlogMs: number;
  /** How often a full backlog is looked at again. Default: 100. */
  pollMs?: number;
  /** Called with each new durable offset. */
  durable(offsetMs: number): void;
  failed(error: unknown): void;
  /** Called with what is in the log, where it is to be kept beyond that. */
  record?(startMs: number, pcm: Buffer): void;
}

/** Why a stretch is not kept; null when it was never captured. */
type Reason = 'shed' | 'withheld' | null;
type Pending =
  { startMs: number; pcm: Buffer } | { startMs: number; endMs: number; reason: Reason };

const LARGEST_ENTRY_BYTES = 1_000 * BYTES_PER_MS;
/** So many stretches wait at most: what a sender goes on to say in ever smaller pieces is shed as one. */
const MOST_PENDING = 10_000;

/**
 * Takes one sender's audio into the log in order. While the transcription is too far behind nothing is
 * stored and so nothing acknowledged; a sender that goes on regardless has the excess shed, accounted.
 */
export class AudioIntake {
  private readonly clock: AudioClock;
  private readonly pending: Pending[] = [];
  private readonly refusedSpans: CoverageSpan[] = [];
  private withheld = false;
  private pendingMs = 0;
  /** So much more may be stored before anybody need ask how much is held: others only make it less. */
  private roomMs = -1;
  private durableMs: number;
  private working: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly log: AudioLog,
    private readonly options: AudioIntakeOptions,
  ) {
    this.durableMs = options.receivedMs;
    this.clock = new AudioClock(options.resumeFromMs);
    if (options.resumeFromMs > options.receivedMs) {
      this.queue({ startMs: options.receivedMs, endMs: options.resumeFromMs, reason: null });
    }
  }

  get offsetMs(): number {
    return this.durableMs;
  }

  /** What it took last is not in the log, and will not be. */
  get abandoned(): boolean {
    return this.stopped;
  }

  /** Where the next sample that comes has its place. */
  get nextMs(): number {
    return this.clock.nextMs;
  }

  /** Stretches that were refused, and why; taken by whoever accounts for them. */
  takeRefused(): CoverageSpan[] {
    return this.refusedSpans.splice(0);
  }

  /** From the next sample on nothing is stored, or, when it is over, everything again. */
  withhold(on: boolean): void {
    this.withheld = on;
  }

  audio(bytes: Buffer): void {
    const whole = this.clock.accept(bytes);
    if (!whole) return;
    const endMs = whole.startMs + whole.pcm.length / BYTES_PER_MS;
    const startMs = this.afterKnown(whole.startMs);
    if (startMs >= endMs) return;
    if (this.withheld) {
      this.queue({ startMs, endMs, reason: 'withheld' });
    } else if (this.isCrowded || this.pendingMs + endMs - startMs > this.options.backlogMs) {
      this.queue({ startMs, endMs, reason: 'shed' });
    } else {
      this.queue({ startMs, pcm: whole.pcm.subarray((startMs - whole.startMs) * BYTES_PER_MS) });
    }
  }

  gap(ms: number): void {
    const { startMs, endMs } = this.clock.skip(ms);
    if (endMs <= this.options.receivedMs) return;
    const reason = this.isCrowded ? 'shed' : null;
    this.queue({ startMs: this.afterKnown(startMs), endMs, reason });
  }

  /** Resolves once all that was taken is durable. */
  async settled(): Promise<void> {
    while (this.working) await this.working;
  }

  /** Gives up on what is not durable yet: the sender is gone and will send it again. */
  abandon(): void {
    this.stopped = true;
    this.pending.length = 0;
    this.pendingMs = 0;
  }

  private get isCrowded(): boolean {
    return this.pending.length >= MOST_PENDING;
  }

  /** What a resuming sender sends again, and is durable, is left out. */
  private afterKnown(startMs: number): number {
    return Math.max(startMs, this.options.receivedMs);
  }

  private queue(item: Pending): void {
    if (this.stopped) return;
    const last = this.pending.at(-1);
    if (last && 'reason' in last && 'reason' in item && last.reason === item.reason) {
      last.endMs = item.endMs;
    } else {
      this.pending.push(item);
    }
    if ('pcm' in item) this.pendingMs += item.pcm.length / BYTES_PER_MS;
    this.working ??= this.drain();
  }

  private async drain(): Promise<void> {
    try {
      while (this.pending.length > 0 && !this.stopped) {
        await this.waitForRoom();
        const item = this.takeBatch();
        if (!item) break;
        await this.store(item);
      }
    } catch (error) {
      this.abandon();
      this.options.failed(error);
    } finally {
      // In the same turn as the last look at what is pending: what comes after starts it again.
      this.working = undefined;
    }
  }

  private async waitForRoom(): Promise<void> {
    const { meetingId, channel, backlogMs, pollMs = 100 } = this.options;
    while (!this.stopped && this.roomMs < 0) {
      this.roomMs = backlogMs - (await this.log.heldBytes(meetingId, channel)) / BYTES_PER_MS;
      if (this.roomMs < 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Neighbouring frames become one entry of at most a second: fewer writes when a sender hurries. */
  private takeBatch(): Pending | undefined {
    const first = this.pending.shift();
    if (!first || !('pcm' in first)) return first;
    const parts = [first.pcm];
    let bytes = first.pcm.length;
    for (let next = this.pending[0]; next && 'pcm' in next; next = this.pending[0]) {
      if (bytes + next.pcm.length > LARGEST_ENTRY_BYTES) break;
      parts.push(next.pcm);
      bytes += next.pcm.length;
      this.pending.shift();
    }
    this.pendingMs -= bytes / BYTES_PER_MS;
    return { startMs: first.startMs, pcm: parts.length === 1 ? first.pcm : Buffer.concat(parts) };
  }

  private async store(item: Pending): Promise<void> {
    const { meetingId, channel } = this.options;
    const entry: AudioEntry =
      'pcm' in item
        ? { kind: 'audio', channel, startMs: item.startMs, pcm: item.pcm }
        : { kind: 'gap', channel, startMs: item.startMs, endMs: item.endMs };
    await this.log.append(meetingId, entry);
    if ('pcm' in item) {
      this.roomMs -= item.pcm.length / BYTES_PER_MS;
      this.options.record?.(item.startMs, item.pcm);
    }
    if ('reason' in item && item.reason !== null) {
      const { startMs, endMs, reason: state } = item;
      this.refusedSpans.push({ startMs, endMs, state });
    }
    this.durableMs = 'pcm' in item ? item.startMs + item.pcm.length / BYTES_PER_MS : item.endMs;
    this.options.durable(this.durableMs);
  }
}
