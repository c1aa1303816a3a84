/** Bytes of one millisecond: 16 kHz, 16 bits, mono. */
export const BYTES_PER_MS = 32;

export type JournalEntry =
  | { kind: 'audio'; startByte: number; pcm: Uint8Array }
  | { kind: 'gap'; startMs: number; endMs: number };

/** What was said of a channel and is not acknowledged yet, so that it can be said again on another connection. */
export class AudioJournal {
  private entries: JournalEntry[] = [];
  private nextByte: number;

  /** @param durableMs where it begins: so much is acknowledged. */
  constructor(private durableMs: number) {
    this.nextByte = durableMs * BYTES_PER_MS;
  }

  get acknowledgedMs(): number {
    return this.durableMs;
  }

  /** Where it ends: whole milliseconds count. */
  get endMs(): number {
    return Math.floor(this.nextByte / BYTES_PER_MS);
  }

  /** Of the audio that is kept; what gaps say takes no room. */
  get heldMs(): number {
    const bytes = this.entries.reduce(
      (sum, entry) => sum + (entry.kind === 'audio' ? entry.pcm.length : 0),
      0,
    );
    return bytes / BYTES_PER_MS;
  }

  get isEmpty(): boolean {
    return this.endMs <= this.durableMs;
  }

  /** Oldest first; they begin at what is acknowledged. */
  get unacknowledged(): readonly JournalEntry[] {
    return this.entries;
  }

  /** Keeps `pcm` itself, not a copy. */
  audio(pcm: Uint8Array): void {
    this.entries.push({ kind: 'audio', startByte: this.nextByte, pcm });
    this.nextByte += pcm.length;
  }

  /** An unfinished millisecond before it is dropped, as the service does. */
  gap(ms: number): void {
    const startMs = this.endMs;
    this.entries.push({ kind: 'gap', startMs, endMs: startMs + ms });
    this.nextByte = (startMs + ms) * BYTES_PER_MS;
  }

  /** Forgets what ends there; an older acknowledgement changes nothing. */
  acknowledge(offsetMs: number): void {
    if (offsetMs <= this.durableMs) return;
    this.durableMs = offsetMs;
    this.nextByte = Math.max(this.nextByte, offsetMs * BYTES_PER_MS);
    this.entries = this.entries.flatMap((entry) => after(entry, offsetMs));
  }
}

function after(entry: JournalEntry, offsetMs: number): JournalEntry[] {
  if (entry.kind === 'gap') {
    return entry.endMs > offsetMs ? [{ ...entry, startMs: Math.max(entry.startMs, offsetMs) }] : [];
  }
  const known = Math.max(0, offsetMs * BYTES_PER_MS - entry.startByte);
  if (known >= entry.pcm.length) return [];
  return [{ kind: 'audio', startByte: entry.startByte + known, pcm: entry.pcm.subarray(known) }];
}
