/** Ids as Redis Streams makes them, `<ms>-<n>`: ever larger, also after a restart of the process. */
export class EntryIds {
  private ms = 0;
  private sequence = 0;

  next(): string {
    const now = Date.now();
    if (now > this.ms) {
      this.ms = now;
      this.sequence = 0;
    } else {
      this.sequence += 1;
    }
    return `${this.ms}-${this.sequence}`;
  }
}

/** Negative when `left` is older, 0 when equal, positive when it is newer. */
export function compareIds(left: string, right: string): number {
  const [leftMs = 0, leftSequence = 0] = left.split('-').map(Number);
  const [rightMs = 0, rightSequence = 0] = right.split('-').map(Number);
  return leftMs - rightMs || leftSequence - rightSequence;
}

/** The smallest id above `id`. */
export function idAfter(id: string): string {
  const [ms = '0', sequence = '0'] = id.split('-');
  return `${ms}-${Number(sequence) + 1}`;
}
