import type { TimelineEntry } from '@parley/contracts';

/** One viewer's connection, whatever it speaks. */
export interface FeedLine {
  /** Written, and not taken by the network yet. */
  readonly unsentBytes: number;
  /** `taken` is called once the network has it; when the line ends first, perhaps never. */
  write(entry: TimelineEntry, taken?: () => void): void;
  /** Says that it is still there. */
  beat(): void;
  /** Ends it with what was written: the service stops, or cannot read on. The viewer should come back. */
  end(why: 'going away' | 'failed'): void;
  /** Ends it at once. */
  drop(): void;
}

/** Puts each entry into bytes once, however many viewers are sent it. */
export function onceEach(bytesOf: (entry: TimelineEntry) => Buffer): typeof bytesOf {
  const known = new WeakMap<TimelineEntry, Buffer>();
  return (entry) => {
    const bytes = known.get(entry) ?? bytesOf(entry);
    known.set(entry, bytes);
    return bytes;
  };
}
