import { compose } from './compose';
import type { Policy } from './policy';

// Real: everything.
describe('policies composed', () => {
  const noting = (name: string, notes: string[]): Policy => ({
    execute: async (call, signal) => {
      notes.push(`${name} in`);
      const value = await call(signal);
      notes.push(`${name} out`);
      return value;
    },
  });

  it('wrap one another, the first outermost', async () => {
    const notes: string[] = [];
    const policy = compose(noting('budget', notes), noting('retry', notes));
    const { signal } = new AbortController();
    const call = () => {
      notes.push('call');
      return Promise.resolve(7);
    };
    expect(await policy.execute(call, signal)).toBe(7);
    expect(notes).toEqual(['budget in', 'retry in', 'call', 'retry out', 'budget out']);
  });

  it('of none are the call itself', async () => {
    const { signal } = new AbortController();
    expect(await compose().execute((given) => Promise.resolve(given === signal), signal)).toBe(
      true,
    );
  });
});
