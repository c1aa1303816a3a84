import { Bulkhead } from './bulkhead';
import { BulkheadFullError } from './bulkhead-full.error';

// Real: everything.
describe('a bulkhead', () => {
  const { signal } = new AbortController();
  const held = () => {
    let release: () => void = () => undefined;
    const call = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    return {
      call,
      release: () => {
        release();
      },
    };
  };

  it('refuses who finds no place, at once', async () => {
    const bulkhead = new Bulkhead({ places: 1 });
    const first = held();
    const running = bulkhead.execute(first.call, signal);
    const second = jest.fn();
    await expect(bulkhead.execute(second, signal)).rejects.toBeInstanceOf(BulkheadFullError);
    expect(second).not.toHaveBeenCalled();
    first.release();
    await running;
    await bulkhead.execute(() => Promise.resolve(), signal);
  });

  it('lets in whoever waits longest when a place is free, also after a failure', async () => {
    const bulkhead = new Bulkhead({ places: 1, queue: 2 });
    const order: string[] = [];
    const note = (name: string) => () => {
      order.push(name);
      return Promise.resolve();
    };
    const failing = bulkhead.execute(() => Promise.reject(new Error('down')), signal);
    const waiting = [
      bulkhead.execute(note('second'), signal),
      bulkhead.execute(note('third'), signal),
    ];
    await expect(failing).rejects.toThrow('down');
    await Promise.all(waiting);
    expect(order).toEqual(['second', 'third']);
  });

  it('does not keep a place for who left the queue', async () => {
    const bulkhead = new Bulkhead({ places: 1, queue: 1 });
    const first = held();
    const running = bulkhead.execute(first.call, signal);
    const caller = new AbortController();
    const left = bulkhead.execute(() => Promise.resolve(), caller.signal);
    caller.abort(new Error('gone home'));
    await expect(left).rejects.toThrow('gone home');
    const next = bulkhead.execute(() => Promise.resolve('served'), signal);
    first.release();
    await running;
    expect(await next).toBe('served');
  });
});
