import { AsyncResource } from 'node:async_hooks';

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Does together what was asked for while the work before was under way: many callers share a statement, and a lone
 * caller waits for nobody. Work begins after it was asked for, so that what it reads is no older than the asking.
 */
export class Gathering<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private working = false;

  /**
   * @param work gives a result for each item, in their order. It is nobody's request: what it needs to know stands in the items.
   * @param most that it does at a time.
   * @param divides whether, after this error of many, each half is done by itself: one item may be to blame.
   */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly most: number,
    private readonly divides: (error: unknown) => boolean = () => true,
  ) {}

  /**
   * @throws what the work throws when this item is done by itself, so that one that cannot be done fails no other; or what it
   * throws for many, where that is not one item's.
   */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.working) return;
      this.working = true;
      outsideOfAll.runInAsyncScope(() => {
        // Others of the same turn come along.
        setImmediate(() => void this.workOff());
      });
    });
  }

  private async workOff(): Promise<void> {
    while (this.waiting.length > 0) await this.doTogether(this.waiting.splice(0, this.most));
    this.working = false;
  }

  private async doTogether(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error('a gathering lost count');
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1 || !this.divides(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.doTogether(batch.slice(0, half));
      await this.doTogether(batch.slice(half));
    }
  }
}

/** Made when nobody is served: work of many is done in the context of none. */
const outsideOfAll = new AsyncResource('GATHERING');
