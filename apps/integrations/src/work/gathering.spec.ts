import { AsyncLocalStorage } from 'node:async_hooks';
import { Gathering } from './gathering';

describe('a gathering', () => {
  it('does together what is asked for in one turn, and gives each its own result', async () => {
    const batches: number[][] = [];
    const gathering = new Gathering<number, number>((items) => {
      batches.push([...items]);
      return Promise.resolve(items.map((item) => item * 10));
    }, 10);
    expect(await Promise.all([1, 2, 3].map((item) => gathering.add(item)))).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('does together what came while it was at work, at most so many at a time', async () => {
    const batches: number[][] = [];
    let finish: () => void = () => undefined;
    const gathering = new Gathering<number, number>(async (items) => {
      batches.push([...items]);
      if (batches.length === 1) await new Promise<void>((resolve) => (finish = resolve));
      return items;
    }, 2);
    const first = gathering.add(1);
    await new Promise(setImmediate);
    const later = [2, 3, 4].map((item) => gathering.add(item));
    finish();
    expect(await Promise.all([first, ...later])).toEqual([1, 2, 3, 4]);
    expect(batches).toEqual([[1], [2, 3], [4]]);
  });

  it('lets one that cannot be done fail alone, found by halves', async () => {
    const batches: number[][] = [];
    const gathering = new Gathering<number, number>((items) => {
      batches.push([...items]);
      if (items.includes(2)) return Promise.reject(new Error('not two'));
      return Promise.resolve(items);
    }, 10);
    const [one, two, three, four] = await Promise.allSettled(
      [1, 2, 3, 4].map((item) => gathering.add(item)),
    );
    expect(batches).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4]]);
    expect([one, three, four].map((settled) => settled?.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(two).toMatchObject({ status: 'rejected', reason: { message: 'not two' } });
  });

  it('fails all at once where the error is no single one’s', async () => {
    const away = new Error('away');
    const batches: number[][] = [];
    const gathering = new Gathering<number, number>(
      (items) => {
        batches.push([...items]);
        return Promise.reject(items.length > 1 ? away : new Error('asked alone'));
      },
      2,
      (error) => error !== away,
    );
    const ends = await Promise.allSettled([1, 2, 3].map((item) => gathering.add(item)));
    expect(ends.map((end) => end.status === 'rejected' && (end.reason as Error).message)).toEqual([
      'away',
      'away',
      'asked alone',
    ]);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it('works in the context of none of those who ask', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const gathering = new Gathering<string, string>((items) => {
      seen.push(storage.getStore());
      return Promise.resolve(items);
    }, 10);
    const mine = await storage.run('mine', async () => {
      await gathering.add('it');
      return storage.getStore();
    });
    expect(seen).toEqual([undefined]);
    expect(mine).toBe('mine');
  });
});
