import { ExpiringMap } from './expiring-map';

describe('an expiring map', () => {
  it('lets the oldest go whatever was deleted or set again before, and after it was empty', () => {
    const map = new ExpiringMap<number>({ now: () => 0, mostEntries: 3 });
    const held = (): string[] =>
      ['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => map.get(key) !== undefined);
    for (const key of ['a', 'b', 'c']) map.set(key, 1, 1);
    map.set('a', 2, 1);
    map.delete('b');
    map.set('d', 1, 1);
    expect(held()).toEqual(['a', 'c', 'd']);
    map.set('e', 1, 1);
    expect(held()).toEqual(['a', 'd', 'e']);
    for (const key of held()) map.delete(key);
    for (const key of ['a', 'b', 'c', 'f']) map.set(key, 1, 1);
    expect(held()).toEqual(['b', 'c', 'f']);
  });

  it('holds what ten thousand random steps leave, as a plain list of them does', () => {
    let nowMs = 0;
    const map = new ExpiringMap<number>({ now: () => nowMs, mostEntries: 20 });
    let list: { key: string; endsAtMs: number }[] = [];
    let random = 7;
    const next = (below: number): number =>
      (random = (random * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    for (let step = 0; step < 10_000; step += 1) {
      const key = String(next(40));
      list = list.filter((one) => one.key !== key);
      if (next(4) === 0) map.delete(key);
      else {
        map.set(key, step, 50);
        list = [...list, { key, endsAtMs: nowMs + 50 }].slice(-20);
      }
      nowMs += next(3);
      const alive = list.filter(({ endsAtMs }) => endsAtMs > nowMs).map((one) => one.key);
      const known = Array.from({ length: 40 }, (_, at) => String(at));
      expect(known.filter((one) => map.get(one) !== undefined)).toEqual(
        known.filter((one) => alive.includes(one)),
      );
    }
  });
});
