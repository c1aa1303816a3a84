import { setImmediate } from 'node:timers';
import type { Segment } from '@parley/contracts';

interface Turn {
  startMs: number;
  begin(): void;
}

/**
 * Lets the utterances of one meeting be read one after another, of those that wait the one spoken first, and those of
 * different meetings side by side. Within this process only.
 */
export class ReadingTurns {
  private readonly waiting = new Map<string, Turn[]>();

  async run<T>(
    { meetingId, startMs }: Pick<Segment, 'meetingId' | 'startMs'>,
    read: () => Promise<T>,
  ): Promise<T> {
    await new Promise<void>((begin) => {
      const turns = this.waiting.get(meetingId);
      if (turns) {
        turns.push({ startMs, begin });
        return;
      }
      this.waiting.set(meetingId, [{ startMs, begin }]);
      // What comes in the same moment is there by then, and takes its place.
      setImmediate(() => {
        this.next(meetingId);
      });
    });
    try {
      return await read();
    } finally {
      this.next(meetingId);
    }
  }

  private next(meetingId: string): void {
    const turns = this.waiting.get(meetingId) ?? [];
    const [first, ...others] = turns.toSorted((one, other) => one.startMs - other.startMs);
    if (!first) {
      this.waiting.delete(meetingId);
      return;
    }
    this.waiting.set(meetingId, others);
    first.begin();
  }
}
