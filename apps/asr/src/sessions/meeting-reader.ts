import { endOfAudio, type AudioEntry, type AudioLog } from '@parley/bus';
import type { ChannelSource, Clock } from '@parley/contracts';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { logEvent } from '@parley/observability';
import type { ChannelListener } from '../listening/channel-listener';
import { PassedEntries } from './passed-entries';

const READ_WAIT_MS = 1_000;
const READ_LIMIT = 20;
/** Who stops in the middle of a word has mostly lost the line, and what follows comes when it is back. */
const MID_WORD_PATIENCE = 3;

/** What the reader needs of a channel's listener. */
export type ReadListener = Pick<
  ChannelListener,
  'accept' | 'settledMs' | 'midWord' | 'starved' | 'abandon' | 'drained'
>;

export interface ReaderOptions {
  meetingId: string;
  log: AudioLog;
  clock: Clock;
  starvedMs: number;
  /**
   * The listener of a channel as its session says, null when the channel is complete already.
   * @param source of what came on it, should there be no session yet
   */
  listen(channel: string, source: ChannelSource, settled: () => void): Promise<ReadListener | null>;
  /** Channels that are open, whether or not audio of them has come yet. */
  openChannels(): Promise<string[]>;
  /** The meeting has ended: nothing new will be appended. */
  hasEnded(): Promise<boolean>;
}

/** Reads a meeting's audio, hands each channel its own, and trims what every channel has settled. */
export class MeetingReader {
  private readonly channels = new Map<string, ReadListener | null>();
  private readonly passed = new PassedEntries();
  private trimming: Promise<void> = Promise.resolve();
  private readonly heardAt = new Map<string, number>();
  private afterId: string | null = null;
  /**
   * How long this reader has waited for audio, all in all. Starving is told by it: on the clock's own time a
   * reader that is behind would take for silent whoever it has not come to yet.
   */
  private waitedMs = 0;

  constructor(private readonly options: ReaderOptions) {}

  /**
   * Resolves when every channel is complete, or when `signal` has fired and what was in hand is written.
   * @throws LeaseLostError, or what the log or the database failed with
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!isOver(signal)) {
        const count = await this.readOn(signal);
        // A full read: more lies there, and may be of the channel that seems silent.
        if (count < READ_LIMIT) this.finishStarved();
        if (count === 0 && !isOver(signal) && (await this.finished())) break;
      }
      await this.drain();
    } finally {
      await this.trimming;
    }
  }

  /** @returns how many entries there were to read. */
  private async readOn(signal: AbortSignal): Promise<number> {
    const { meetingId, log, clock } = this.options;
    const options = { waitMs: READ_WAIT_MS, limit: READ_LIMIT, signal };
    const askedAt = clock.now();
    const entries = await log.read(meetingId, this.afterId, options);
    this.waitedMs += Math.max(0, clock.now() - askedAt);
    for (const { id, entry } of entries) {
      if (isOver(signal)) break;
      await this.take(id, entry);
      this.afterId = id;
    }
    return entries.length;
  }

  private async take(id: string, entry: AudioEntry): Promise<void> {
    const source = entry.kind === 'caption' ? 'captions' : 'audio';
    const listener = await this.listener(entry.channel, source);
    this.heardAt.set(entry.channel, this.waitedMs);
    this.passed.note(id, entry.channel, endOfAudio(entry));
    await listener?.accept(entry);
    if (!listener) this.trim();
    // Voice detection is synchronous work: a sender in a hurry must not starve the rest of the process.
    await yieldToOthers();
  }

  private async listener(
    channel: string,
    source: ChannelSource = 'audio',
  ): Promise<ReadListener | null> {
    const known = this.channels.get(channel);
    if (known !== undefined) return known;
    const listener = await this.options.listen(channel, source, () => {
      this.trim();
    });
    this.channels.set(channel, listener);
    return listener;
  }

  private finishStarved(): void {
    for (const [channel, listener] of this.channels) {
      const patience = listener?.midWord ? MID_WORD_PATIENCE : 1;
      if (this.silentMs(channel) >= this.options.starvedMs * patience) listener?.starved();
    }
  }

  /** How long nothing came of a channel while it could have; counted from the first time that this is asked. */
  private silentMs(channel: string): number {
    const heardAt = this.heardAt.get(channel) ?? this.waitedMs;
    this.heardAt.set(channel, heardAt);
    return this.waitedMs - heardAt;
  }

  /** Every channel is complete; or the meeting has ended and what was announced never came. */
  private async finished(): Promise<boolean> {
    const open = await this.options.openChannels();
    if (open.length === 0) return true;
    if (!(await this.options.hasEnded())) return false;
    for (const channel of open) {
      if (this.silentMs(channel) < this.options.starvedMs) continue;
      logEvent('channel.never-ended', { meetingId: this.options.meetingId, channel });
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
        logEvent('audio.not-trimmed', { err: error });
      });
  }
}

/** As a call: the compiler would take a signal that was not fired for one that never is. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
