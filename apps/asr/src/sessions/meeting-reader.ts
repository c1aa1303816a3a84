import { Logger } from '@nestjs/common';
import { BYTES_PER_MS } from '@parley/audio';
import type { AudioEntry, AudioLog } from '@parley/bus';
import type { Clock } from '@parley/contracts';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { ChannelListener } from '../listening/channel-listener';
import { PassedEntries } from './passed-entries';

const READ_WAIT_MS = 1_000;
const READ_LIMIT = 20;

export interface ReaderOptions {
  meetingId: string;
  log: AudioLog;
  clock: Clock;
  starvedMs: number;
  /** The listener of a channel as its session says, null when the channel is complete already. */
  listen(channel: string, settled: () => void): Promise<ChannelListener | null>;
  /** Channels that are open, whether or not audio of them has come yet. */
  openChannels(): Promise<string[]>;
  /** The meeting has ended: nothing new will be appended. */
  hasEnded(): Promise<boolean>;
}

/** Reads a meeting's audio, hands each channel its own, and trims what every channel has settled. */
export class MeetingReader {
  private readonly logger = new Logger(MeetingReader.name);
  private readonly channels = new Map<string, ChannelListener | null>();
  private readonly passed = new PassedEntries();
  private trimming: Promise<void> = Promise.resolve();
  private readonly heardAt = new Map<string, number>();
  private afterId: string | null = null;

  constructor(private readonly options: ReaderOptions) {}

  /**
   * Resolves when every channel is complete, or when `signal` has fired and what was in hand is written.
   * @throws LeaseLostError, or what the log or the database failed with
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!isOver(signal)) {
        const heard = await this.readOn(signal);
        this.finishStarved();
        if (!heard && !isOver(signal) && (await this.finished())) break;
      }
      await this.drain();
    } finally {
      await this.trimming;
    }
  }

  /** @returns whether there was something to read. */
  private async readOn(signal: AbortSignal): Promise<boolean> {
    const { meetingId, log } = this.options;
    const options = { waitMs: READ_WAIT_MS, limit: READ_LIMIT, signal };
    const entries = await log.read(meetingId, this.afterId, options);
    for (const { id, entry } of entries) {
      if (isOver(signal)) break;
      await this.take(id, entry);
      this.afterId = id;
    }
    return entries.length > 0;
  }

  private async take(id: string, entry: AudioEntry): Promise<void> {
    const listener = await this.listener(entry.channel);
    this.heardAt.set(entry.channel, this.options.clock.now());
    this.passed.note(id, entry.channel, endOf(entry));
    await listener?.accept(entry);
    if (!listener) this.trim();
    // Voice detection is synchronous work: a sender in a hurry must not starve the rest of the process.
    await yieldToOthers();
  }

  private async listener(channel: string): Promise<ChannelListener | null> {
    const known = this.channels.get(channel);
    if (known !== undefined) return known;
    const listener = await this.options.listen(channel, () => {
      this.trim();
    });
    this.channels.set(channel, listener);
    return listener;
  }

  private finishStarved(): void {
    const now = this.options.clock.now();
    for (const [channel, listener] of this.channels) {
      if (now - (this.heardAt.get(channel) ?? now) >= this.options.starvedMs) listener?.starved();
    }
  }

  /** Every channel is complete; or the meeting has ended and what was announced never came. */
  private async finished(): Promise<boolean> {
    const open = await this.options.openChannels();
    if (open.length === 0) return true;
    if (!(await this.options.hasEnded())) return false;
    for (const channel of open) {
      const now = this.options.clock.now();
      const heardAt = this.heardAt.get(channel);
      if (heardAt === undefined) this.heardAt.set(channel, now);
      if (now - (heardAt ?? now) < this.options.starvedMs) continue;
      this.logger.warn({ meetingId: this.options.meetingId, channel }, 'a channel never ended');
      await (await this.listener(channel))?.abandon();
    }
    return false;
  }

  private async drain(): Promise<void> {
    for (const listener of this.channels.values()) await listener?.drained();
  }

  /** Trims in the background, one at a time; a failed one is made good by the next. */
  private trim(): void {
    const id = this.passed.take((channel) => this.channels.get(channel)?.settledMs ?? Infinity);
    if (id === null) return;
    this.trimming = this.trimming
      .then(() => this.options.log.trim(this.options.meetingId, id))
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the audio log could not be trimmed');
      });
  }
}

/** As a call: the compiler would take a signal that was not fired for one that never is. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

function endOf(entry: AudioEntry): number {
  return entry.kind === 'audio' ? entry.startMs + entry.pcm.length / BYTES_PER_MS : entry.endMs;
}
