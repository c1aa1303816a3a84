import { Retry } from '../retry/retry';
import { RetryBudget } from './retry-budget';
import { RetryBudgets } from './retry-budgets';

const SOON_MS = 500;
const HOUR_MS = 3_600_000;

// Fake: the clock.
describe('a retry budget', () => {
  let nowMs: number;
  let budget: RetryBudget;
  let told: string[];

  beforeEach(() => {
    nowMs = 0;
    told = [];
    budget = new RetryBudget({ share: 0.2, clock: { now: () => nowMs } });
    budget.on('spent', () => told.push('spent'));
    budget.on('put-off', () => told.push('put-off'));
  });

  const book = (ownMs = SOON_MS, mostMs = HOUR_MS) => budget.book(ownMs, mostMs);
  const spend = (retries: number) => Array.from({ length: retries }, () => book());

  it('lets twenty retries go as soon as they would, then spaces them half a second apart', () => {
    expect(spend(20)).toEqual(Array.from({ length: 20 }, () => SOON_MS));
    expect(told).toEqual([]);
    expect(spend(4)).toEqual([1_000, 1_500, 2_000, 2_500]);
    expect(told).toEqual(['put-off', 'spent', 'put-off', 'put-off', 'put-off']);
  });

  it('lets one more go for every five calls', () => {
    spend(20);
    for (let call = 0; call < 10; call++) budget.called();
    expect(spend(2)).toEqual([SOON_MS, SOON_MS]);
    expect(book()).toBe(1_000);
  });

  it('gains two a second, and never more than twenty', () => {
    spend(24);
    expect(budget.isIdle).toBe(false);
    nowMs = 3_000;
    expect(spend(3)).toEqual([SOON_MS, SOON_MS, 1_000]);
    nowMs = HOUR_MS;
    expect(budget.isIdle).toBe(true);
    expect(spend(20).at(-1)).toBe(SOON_MS);
    expect(book()).toBe(1_000);
  });

  it('books nothing for who cannot wait so long', () => {
    spend(22);
    expect(book(SOON_MS, 1_000)).toBeNull();
    expect(book(SOON_MS, 1_500)).toBe(2_000);
  });

  it('spreads those that are asked to wait as long, were it the longest', () => {
    spend(20);
    const asked = Array.from({ length: 3 }, () => book(HOUR_MS, HOUR_MS));
    expect(asked).toEqual([HOUR_MS + 500, HOUR_MS + 1_000, HOUR_MS + 1_500]);
  });

  it('ends the tries of a call once it has nothing in time', async () => {
    const retry = new Retry({
      maxAttempts: 100,
      baseMs: 1,
      longestWaitMs: 100,
      random: () => 0,
      retryAfterMs: () => 0,
      budget,
    });
    spend(18);
    const call = jest.fn(() => Promise.reject(new Error('busy')));
    await expect(retry.execute(call, new AbortController().signal)).rejects.toThrow('busy');
    expect(call).toHaveBeenCalledTimes(1 + 2);
  });

  it('is one for each name, tenant and part', () => {
    const budgets = new RetryBudgets((name) => ({
      share: name === 'slack' ? 1 : 0,
      clock: { now: () => nowMs },
    }));
    const putOff: string[] = [];
    budgets.on('put-off', (name) => putOff.push(name));
    for (let retry = 0; retry < 22; retry++) {
      budgets.of('slack', 'acme').book(0, HOUR_MS);
      budgets.of('webhook', 'acme', 'one').book(0, HOUR_MS);
    }
    budgets.of('slack', 'acme').called();
    expect(budgets.of('slack', 'acme').book(0, HOUR_MS)).toBe(1_000);
    expect(budgets.of('webhook', 'acme', 'one').book(0, HOUR_MS)).toBe(1_500);
    expect(budgets.of('slack', 'globex').book(0, HOUR_MS)).toBe(0);
    expect(budgets.of('webhook', 'acme', 'two').book(0, HOUR_MS)).toBe(0);
    expect(putOff.filter((name) => name === 'slack')).toHaveLength(3);
  });
});
