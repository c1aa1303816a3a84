import type { AudioEntry } from '@parley/bus';
import { logEvent } from '@parley/observability';
import type { ReadListener } from '../sessions/meeting-reader';
import type { CaptionWriter } from './caption-writer';

/** Takes what comes as text on one channel: each caption is written before the next one is looked at. */
export class CaptionsListener implements ReadListener {
  readonly midWord = false;
  private writing = false;

  constructor(
    private readonly writer: CaptionWriter,
    private readonly settled: () => void,
  ) {}

  /** Captions have no place in the audio: as long as none is in hand, the log need keep none. */
  get settledMs(): number {
    return this.writing ? -1 : Infinity;
  }

  /** @throws what the write failed with: then it stands in the log still, and comes again */
  async accept(entry: AudioEntry): Promise<void> {
    if (this.writer.completed) return;
    this.writing = true;
    switch (entry.kind) {
      case 'caption':
        await this.writer.write(entry);
        break;
      case 'end':
        await this.writer.complete();
        break;
      case 'audio':
      case 'gap':
        logEvent('channel.entry-misplaced', { channel: entry.channel, type: entry.kind });
    }
    this.writing = false;
    this.settled();
  }

  /** Whole sentences come: there is none to finish. */
  starved(): void {
    // Nothing is in hand.
  }

  /** Whoever sent them left without an end. */
  async abandon(): Promise<void> {
    if (!this.writer.completed) await this.writer.complete();
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}
