import { FifoMap } from '@parley/contracts';

/** Whoever tries a key that there is not tries it again soon. */
const REMEMBERED_MS = 15_000;
/** More at once than this, and the one that was asked for longest ago is asked for anew. */
const MOST = 10_000;

/** Ids of keys of which ingestion said lately that there are none, so that it is not asked each time. */
export class AbsentKeys {
  private readonly untilMs = new FifoMap<number>();

  has(id: string): boolean {
    return (this.untilMs.get(id) ?? 0) > performance.now();
  }

  add(id: string): void {
    this.untilMs.set(id, performance.now() + REMEMBERED_MS);
    const oldest = this.untilMs.oldest();
    if (oldest && this.untilMs.size > MOST) this.untilMs.delete(oldest.key);
  }

  delete(id: string): void {
    this.untilMs.delete(id);
  }
}
