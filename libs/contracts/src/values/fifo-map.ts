interface Numbered<Value> {
  value: Value;
  /** No other entry has it, before or after. */
  nth: number;
}

/**
 * A map that tells its oldest entry at once, however many were deleted before it: an iterator that begins at the front of
 * a Map walks past all that was deleted there, each time. What is set again is the youngest.
 */
export class FifoMap<Value> {
  private readonly entries = new Map<string, Numbered<Value>>();
  /** Goes on where it was. */
  private order = this.entries.entries();
  /** The front as it was last seen, without its value: what is deleted is not kept here. */
  private seen: { key: string; nth: number } | undefined;
  private made = 0;

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    return this.entries.get(key)?.value;
  }

  set(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, { value, nth: ++this.made });
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  oldest(): { key: string; value: Value } | undefined {
    while (this.entries.size > 0) {
      const entry = this.seen && this.entries.get(this.seen.key);
      if (this.seen && entry?.nth === this.seen.nth) {
        return { key: this.seen.key, value: entry.value };
      }
      const next = this.order.next();
      // An iterator that came to its end stays there.
      if (next.done) this.order = this.entries.entries();
      else this.seen = { key: next.value[0], nth: next.value[1].nth };
    }
    return undefined;
  }
}
