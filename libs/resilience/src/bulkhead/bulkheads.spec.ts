import { BulkheadFullError } from './bulkhead-full.error';
import { Bulkheads } from './bulkheads';

// Real: everything.
describe('bulkheads', () => {
  const { signal } = new AbortController();
  const hold = (bulkheads: Bulkheads, tenant: string) => {
    let release: () => void = () => undefined;
    const call = () => new Promise<void>((resolve) => (release = resolve));
    const ended = bulkheads.of(tenant).execute(call, signal);
    return () => {
      release();
      return ended;
    };
  };

  it('leave a place to a tenant while another has taken all of its own', async () => {
    const bulkheads = new Bulkheads({ places: 1 });
    const release = hold(bulkheads, 'busy');
    const call = () => Promise.resolve('served');
    await expect(bulkheads.of('busy').execute(call, signal)).rejects.toBeInstanceOf(
      BulkheadFullError,
    );
    expect(await bulkheads.of('other').execute(call, signal)).toBe('served');
    await release();
    expect(await bulkheads.of('busy').execute(call, signal)).toBe('served');
  });

  it('are kept of tenants with calls under way only, also after a failure', async () => {
    const bulkheads = new Bulkheads({ places: 2 });
    const releases = ['one', 'two', 'two'].map((tenant) => hold(bulkheads, tenant));
    expect(bulkheads.size).toBe(2);
    await Promise.all(releases.map((release) => release()));
    const failing = () => Promise.reject(new Error('down'));
    await expect(bulkheads.of('three').execute(failing, signal)).rejects.toThrow('down');
    expect(bulkheads.size).toBe(0);
  });
});
