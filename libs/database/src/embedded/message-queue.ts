import type { Frame } from './wire-framing';

/** Messages of a client that wait for their turn. */
export class MessageQueue {
  private readonly frames: Frame[] = [];
  /** What they take in memory. */
  heldBytes = 0;

  get isEmpty(): boolean {
    return this.frames.length === 0;
  }

  push(frame: Frame): void {
    this.frames.push(frame);
    this.heldBytes += frame.bytes.length;
  }

  /**
   * Takes messages up to the next one that the server answers with ReadyForQuery: one call into the
   * backend instead of five. A Terminate comes alone.
   */
  takeBatch(): Frame[] {
    const batch: Frame[] = [];
    for (let frame = this.frames[0]; frame; frame = this.frames[0]) {
      if (frame.type === 'X' && batch.length > 0) break;
      this.frames.shift();
      this.heldBytes -= frame.bytes.length;
      batch.push(frame);
      if (frame.type === 'S' || frame.type === 'Q' || frame.type === 'X') break;
    }
    return batch;
  }
}
