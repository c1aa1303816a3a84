import type { RequestDeadline } from './request-deadline';

/** So much later than its deadline a request may be ended. */
const TICK_MS = 50;

/**
 * Ends what takes too long: one coarse timer for all requests of a service, which runs only while there are
 * some. A timer for each would cost more than the rest of the deadline.
 */
export class DeadlineClock {
  /** Those with the same time allowed stand in the order of their ends, so that a look at the first is enough. */
  private readonly waiting = new Map<number, Set<RequestDeadline>>();
  private timer: NodeJS.Timeout | undefined;

  /** @param allowedMs one of a few values; unusual ones go under `null`, where each is looked at. */
  watch(deadline: RequestDeadline, allowedMs: number | null): Set<RequestDeadline> {
    const key = allowedMs ?? 0;
    let group = this.waiting.get(key);
    if (!group) this.waiting.set(key, (group = new Set()));
    group.add(deadline);
    this.timer ??= setInterval(() => {
      this.tick();
    }, TICK_MS).unref();
    return group;
  }

  private tick(): void {
    const now = performance.now();
    let some = false;
    for (const [allowedMs, group] of this.waiting) {
      for (const deadline of group) {
        if (deadline.endsAtMs > now) {
          if (allowedMs === 0) continue;
          break;
        }
        group.delete(deadline);
        deadline.expire();
      }
      some ||= group.size > 0;
    }
    if (!some) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }
}
