import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FifoMap } from './fifo-map';

describe('a first-in-first-out map', () => {
  it('tells the oldest, whatever is deleted in front, behind or in the middle', () => {
    const map = new FifoMap<number>();
    for (const key of ['a', 'b', 'c', 'd', 'e']) map.set(key, key.charCodeAt(0));
    for (const key of ['a', 'c', 'e']) map.delete(key);
    expect(map.oldest()).toMatchObject({ key: 'b', value: 98 });
    map.delete('b');
    expect(map.oldest()?.key).toBe('d');
    map.delete('d');
    expect([map.oldest(), map.size]).toEqual([undefined, 0]);
    map.set('f', 1);
    expect(map.oldest()?.key).toBe('f');
  });

  it('has what is set again behind all others, under its new value', () => {
    const map = new FifoMap<number>();
    for (const key of ['a', 'b']) map.set(key, 1);
    map.set('a', 2);
    expect([map.oldest()?.key, map.get('a'), map.size]).toEqual(['b', 2, 2]);
  });

  it('keeps nothing of what is deleted', async () => {
    const map = new FifoMap<object>();
    let value: object | undefined = { held: true };
    const held = new WeakRef(value);
    map.set('stays', {});
    map.set('goes', value);
    value = undefined;
    map.delete('goes');
    // What a turn made may be held until it is over.
    await new Promise(setImmediate);
    collectGarbage();
    expect(held.deref()).toBeUndefined();
  });
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
