import { InFlightMarks, MARK_MARGIN_MS } from './in-flight-marks';
import { MemoryIdempotencyStore } from './store/memory-idempotency.store';
import { makeMark } from './testing/idempotency-store.contract';

// Fake: the clock, and with it the store's.
describe('the mark of a request that still runs', () => {
  const LONGEST_MS = 600_000;
  const LIFE_MS = 15_000 + MARK_MARGIN_MS;
  let store: MemoryIdempotencyStore;
  let marks: InFlightMarks;
  const isFree = (): boolean => !store.knows('slot');

  beforeEach(() => {
    jest.useFakeTimers();
    store = new MemoryIdempotencyStore();
    marks = new InFlightMarks(store, LONGEST_MS);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function begin(): Promise<() => void> {
    const mark = makeMark();
    await store.claim('slot', mark, LIFE_MS);
    return marks.watch('slot', mark, LIFE_MS);
  }

  it('outlives its request, however long that takes', async () => {
    await begin();
    for (let second = 0; second < 500; second += 1) {
      await jest.advanceTimersByTimeAsync(1_000);
      expect(isFree()).toBe(false);
    }
  });

  it('ends by itself when its process has died', async () => {
    await begin();
    marks.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(LIFE_MS - 1);
    expect(isFree()).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(isFree()).toBe(true);
  });

  it('is no longer prolonged once the request is done', async () => {
    const done = await begin();
    done();
    await jest.advanceTimersByTimeAsync(LIFE_MS);
    expect(isFree()).toBe(true);
  });

  it('is given up when a handler never ends', async () => {
    await begin();
    await jest.advanceTimersByTimeAsync(LONGEST_MS + 2 * MARK_MARGIN_MS);
    expect(isFree()).toBe(true);
  });

  it('leaves no timer behind', async () => {
    const done = [await begin(), await begin()];
    expect(jest.getTimerCount()).toBe(1);
    for (const one of done) one();
    expect(jest.getTimerCount()).toBe(0);
  });
});
