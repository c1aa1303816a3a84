import { WorkSlots } from './work-slots';

/** Work that ends when the test says so. */
function openWork() {
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const state = { started: false };
  const run = async (): Promise<void> => {
    state.started = true;
    await done;
  };
  return { run, finish, state };
}

describe('WorkSlots', () => {
  it('starts waiting work only when a slot is free', async () => {
    const slots = new WorkSlots(1, 1, 'busy');
    const [first, second] = [openWork(), openWork()];
    const firstDone = slots.run(first.run);
    const secondDone = slots.run(second.run);
    await new Promise(setImmediate);
    expect([first.state.started, second.state.started]).toEqual([true, false]);
    first.finish();
    await firstDone;
    second.finish();
    await secondDone;
    expect(second.state.started).toBe(true);
  });

  it('refuses when too many wait', async () => {
    const slots = new WorkSlots(1, 0, 'busy');
    const first = openWork();
    const firstDone = slots.run(first.run);
    await expect(slots.run(async () => 'never')).rejects.toMatchObject({
      code: 'unavailable',
      detail: 'busy',
    });
    first.finish();
    await firstDone;
  });

  it('frees the slot of work that failed', async () => {
    const slots = new WorkSlots(1, 0, 'busy');
    await expect(slots.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(slots.run(async () => 'next')).resolves.toBe('next');
  });
});
