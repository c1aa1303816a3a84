/**
 * Which entries of a meeting's shared log no channel needs any more. Entries are noted in the log's
 * order; the log can be trimmed only up to the first one that its channel has not settled.
 */
export class PassedEntries {
  private readonly noted: { id: string; channel: string; endMs: number }[] = [];

  note(id: string, channel: string, endMs: number): void {
    this.noted.push({ id, channel, endMs });
  }

  /** The last entry up to which all are passed, each told once; null when there is no new one. */
  take(settledMs: (channel: string) => number): string | null {
    let last: string | null = null;
    for (let first = this.noted[0]; first; first = this.noted[0]) {
      if (first.endMs > settledMs(first.channel)) break;
      last = first.id;
      this.noted.shift();
    }
    return last;
  }
}
