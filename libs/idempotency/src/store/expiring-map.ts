import { FifoMap } from '@parley/contracts';

export interface ExpiringMapOptions<Value> {
  now: () => number;
  /** The oldest go when there are more. */
  mostEntries: number;
  /** The oldest go when they take more together. Needs `bytesOf`. */
  mostBytes?: number;
  bytesOf?: (value: Value) => number;
  /** Told of each entry that goes, for whatever reason. */
  onGone?: (key: string, value: Value) => void;
}

interface Entry<Value> {
  value: Value;
  expiresAtMs: number;
  bytes: number;
}

/** Entries looked at per new one: more than one, so that they go faster than they come. */
const SWEEP = 2;

/**
 * A map whose entries end by themselves, without a timer and without ever walking through it: each new entry drops
 * at most two expired ones from the front. Entries stand in the order in which they were set; with equal lives that
 * is the order in which they expire.
 */
export class ExpiringMap<Value> {
  private readonly entries = new FifoMap<Entry<Value>>();
  private bytes = 0;

  constructor(private readonly options: ExpiringMapOptions<Value>) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAtMs > this.options.now()) return entry.value;
    this.delete(key);
    return undefined;
  }

  set(key: string, value: Value, lifeMs: number): void {
    this.delete(key);
    this.sweep();
    const bytes = this.options.bytesOf?.(value) ?? 0;
    this.entries.set(key, {
      value,
      expiresAtMs: this.options.now() + lifeMs,
      bytes,
    });
    this.bytes += bytes;
    this.shrink();
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.bytes -= entry.bytes;
    this.options.onGone?.(key, entry.value);
  }

  private sweep(): void {
    for (let left = SWEEP; left > 0; left -= 1) {
      const oldest = this.entries.oldest();
      if (!oldest || oldest.value.expiresAtMs > this.options.now()) return;
      this.delete(oldest.key);
    }
  }

  private shrink(): void {
    const { mostEntries, mostBytes = Number.POSITIVE_INFINITY } = this.options;
    while (this.entries.size > mostEntries || this.bytes > mostBytes) {
      const oldest = this.entries.oldest();
      if (!oldest) return;
      this.delete(oldest.key);
    }
  }
}
