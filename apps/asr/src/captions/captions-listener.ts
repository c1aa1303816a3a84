import type { AudioEntry, CaptionEntry } from '@parley/bus';
import { logEvent } from '@parley/observability';
import { StepChain } from '../listening/step-chain';
import type { ReadListener } from '../sessions/meeting-reader';
import type { CaptionWriter } from './caption-writer';

/** So many are written in one transaction. */
const MOST_AT_ONCE = 50;
/** So many in hand hold the reading up until all are written: then the log may let go of them. */
const MOST_WAITING = 200;

/** Takes what comes as text on one channel, and writes it in its order beside the reading of other channels. */
export class CaptionsListener implements ReadListener {
  readonly midWord = false;
  private readonly waiting: CaptionEntry[] = [];
  private readonly steps: StepChain;
  private ended = false;

  constructor(
    private readonly writer: Pick<CaptionWriter, 'write' | 'complete'>,
    private readonly settled: () => void,
  ) {
    this.steps = new StepChain(settled);
  }

  /** Captions have no place in the audio: as long as none is in hand, the log need keep none. */
  get settledMs(): number {
    return this.steps.length > 0 || this.steps.failed ? -1 : Infinity;
  }

  /** @throws what a write failed with: then it stands in the log still, and this listener is of no use any more */
  async accept(entry: AudioEntry): Promise<void> {
    this.steps.throwIfFailed();
    if (this.ended) return;
    switch (entry.kind) {
      case 'caption':
        this.waiting.push(entry);
        this.steps.add(() => this.writeWaiting());
        break;
      case 'end':
        this.ended = true;
        this.steps.add(() => this.writer.complete());
        break;
      case 'audio':
      case 'gap':
        logEvent('channel.entry-misplaced', { channel: entry.channel, type: entry.kind });
        this.settled();
    }
    if (this.waiting.length >= MOST_WAITING) await this.drained();
  }

  /** Whole sentences come, and there is none to finish. @throws what a write failed with, should nothing follow it */
  starved(): void {
    this.steps.throwIfFailed();
  }

  /** Whoever sent them left without an end. */
  async abandon(): Promise<void> {
    await this.accept({ kind: 'end', channel: '', endMs: 0 });
    await this.drained();
  }

  /** Resolves once everything in hand is written. @throws what a write failed with */
  drained(): Promise<void> {
    return this.steps.atMost(0);
  }

  /** Nothing is left to do where an earlier step wrote the caption of this one as well. */
  private async writeWaiting(): Promise<void> {
    const captions = this.waiting.slice(0, MOST_AT_ONCE);
    if (captions.length === 0) return;
    await this.writer.write(captions);
    this.waiting.splice(0, captions.length);
  }
}
