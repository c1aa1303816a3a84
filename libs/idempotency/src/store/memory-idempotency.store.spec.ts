import {
  completion,
  idempotencyStoreContract,
  makeAnswer,
  makeMark,
} from '../testing/idempotency-store.contract';
import { MemoryIdempotencyStore } from './memory-idempotency.store';

let nowMs = 0;
const now = (): number => nowMs;
const pass = (ms: number): Promise<void> => {
  nowMs += ms;
  return Promise.resolve();
};

idempotencyStoreContract('memory, fake clock', () => ({
  store: new MemoryIdempotencyStore({ now }),
  pass,
}));

describe('the idempotency store in memory', () => {
  async function answer(store: MemoryIdempotencyStore, slot: string, body = '{}'): Promise<void> {
    const mark = makeMark();
    await store.claim(slot, mark, 1_000);
    await store.complete(slot, completion(mark, { answer: makeAnswer({ body }) }), 1_000);
  }

  it('keeps a bounded number of answers, the latest', async () => {
    const store = new MemoryIdempotencyStore({ now, mostAnswers: 3 });
    for (const slot of ['a', 'b', 'c', 'd', 'e']) await answer(store, slot);
    expect(store.size).toBe(3);
    expect(['a', 'b', 'c', 'd', 'e'].map((slot) => store.knows(slot))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('keeps a bounded amount of answers', async () => {
    const store = new MemoryIdempotencyStore({ now, mostBytes: 10_000 });
    for (let n = 0; n < 50; n += 1) await answer(store, String(n), 'x'.repeat(1_000));
    expect(store.size).toBe(4);
  });

  it('drops what has expired as new answers come, without being asked for it', async () => {
    const store = new MemoryIdempotencyStore({ now });
    for (let n = 0; n < 10; n += 1) await answer(store, `old-${n}`);
    await pass(1_000);
    for (let n = 0; n < 6; n += 1) await answer(store, `new-${n}`);
    expect(store.size).toBe(6);
  });
});
