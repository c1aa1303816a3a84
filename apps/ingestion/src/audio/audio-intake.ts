import type { AudioEntry, AudioLog } from '@parley/bus';
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
}

type Pending = { startMs: number; pcm: Buffer } | { startMs: number; endMs: number; shed: boolean };

const LARGEST_ENTRY_BYTES = 1_000 * BYTES_PER_MS;

/**
 * Takes one sender's audio into the log in order. While the transcription is too far behind nothing is
 * stored and so nothing acknowledged; a sender that goes on regardless has the excess shed, accounted.
 */
export class AudioIntake {
  private readonly clock: AudioClock;
  private readonly pending: Pending[] = [];
  private readonly shedSpans: { startMs: number; endMs: number }[] = [];
  private pendingMs = 0;
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
      this.queue({ startMs: options.receivedMs, endMs: options.resumeFromMs, shed: false });
    }
  }

  get offsetMs(): number {
    return this.durableMs;
  }

  /** Stretches that were refused because the backlog was full; taken by whoever accounts for them. */
  takeShed(): { startMs: number; endMs: number }[] {
    return this.shedSpans.splice(0);
  }

  audio(bytes: Buffer): void {
    const whole = this.clock.accept(bytes);
    if (!whole) return;
    const lengthMs = whole.pcm.length / BYTES_PER_MS;
    if (this.pendingMs + lengthMs > this.options.backlogMs) {
      this.queue({ startMs: whole.startMs, endMs: whole.startMs + lengthMs, shed: true });
      return;
    }
    // Sent before, and durable: a resuming sender may overlap.
    const knownMs = Math.min(lengthMs, Math.max(0, this.options.receivedMs - whole.startMs));
    if (knownMs === lengthMs) return;
    this.queue({
      startMs: whole.startMs + knownMs,
      pcm: whole.pcm.subarray(knownMs * BYTES_PER_MS),
    });
  }

  gap(ms: number): void {
    this.queue({ ...this.clock.skip(ms), shed: false });
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

  private queue(item: Pending): void {
    const last = this.pending.at(-1);
    if (last && 'shed' in last && 'shed' in item && last.shed === item.shed) {
      last.endMs = item.endMs;
    } else {
      this.pending.push(item);
    }
    if ('pcm' in item) this.pendingMs += item.pcm.length / BYTES_PER_MS;
    this.working ??= this.drain().finally(() => {
      this.working = undefined;
      if (this.pending.length > 0 && !this.stopped) this.working = this.drain();
    });
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
    }
  }

  private async waitForRoom(): Promise<void> {
    const { meetingId, channel, backlogMs, pollMs = 100 } = this.options;
    while (!this.stopped && (await this.log.backlogMs(meetingId, channel)) > backlogMs) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
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
    if ('shed' in item && item.shed) {
      this.shedSpans.push({ startMs: item.startMs, endMs: item.endMs });
    }
    this.durableMs = 'pcm' in item ? item.startMs + item.pcm.length / BYTES_PER_MS : item.endMs;
    this.options.durable(this.durableMs);
  }
}
