/** More entries than this wait for their utterance's end only when something is stuck. */
const MOST = 2_000;

/** When the stretches of one channel's audio arrived here, so that a segment's delay can be told. */
export class ArrivalTimes {
  private readonly noted: { endMs: number; at: number }[] = [];
  /** When what ends here or earlier arrived is not known any more. */
  private forgottenMs = -1;

  /** Audio up to `endMs` is here. */
  note(endMs: number, at = performance.now()): void {
    if (this.noted.length >= MOST) this.forgottenMs = this.noted.shift()?.endMs ?? -1;
    this.noted.push({ endMs, at });
  }

  /** Milliseconds since what was said at `ms` arrived, null when that is not known; forgets nothing. */
  msSince(ms: number, now = performance.now()): number | null {
    if (ms <= this.forgottenMs) return null;
    const entry = this.noted.find(({ endMs }) => endMs >= ms);
    return entry ? Math.max(0, now - entry.at) : null;
  }

  /** Lets go of what arrived before what was said at `ms`, which may still be asked for. */
  forgetBefore(ms: number): void {
    const first = this.noted.findIndex(({ endMs }) => endMs >= ms);
    const gone = this.noted.splice(0, Math.max(0, first));
    this.forgottenMs = gone.at(-1)?.endMs ?? this.forgottenMs;
  }
}
