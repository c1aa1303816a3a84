/** More entries than this wait for their utterance's end only when something is stuck. */
const MOST = 2_000;

/** When the stretches of one channel's audio arrived here, so that a segment's delay can be told. */
export class ArrivalTimes {
  private readonly noted: { endMs: number; at: number }[] = [];

  /** Audio up to `endMs` is here. */
  note(endMs: number, at = performance.now()): void {
    if (this.noted.length >= MOST) this.noted.shift();
    this.noted.push({ endMs, at });
  }

  /** Seconds since what was said at `ms` arrived, null when that is not known; forgets all before it. */
  secondsSince(ms: number, now = performance.now()): number | null {
    const first = this.noted.findIndex(({ endMs }) => endMs >= ms);
    const [entry] = first === -1 ? [] : this.noted.splice(0, first + 1).slice(-1);
    // What followed in the same entry may hold the next utterance's end.
    if (entry) this.noted.unshift(entry);
    return entry ? Math.max(0, now - entry.at) / 1_000 : null;
  }
}
