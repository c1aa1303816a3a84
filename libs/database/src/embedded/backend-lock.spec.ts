import { BackendLock } from './backend-lock';

describe('the backend lock', () => {
  it('is granted in the order of asking', async () => {
    const lock = new BackendLock();
    const [first, second, third] = [{ name: 'first' }, { name: 'second' }, { name: 'third' }];
    const granted: string[] = [];
    await lock.acquire(first);
    const others = [second, third].map(async (connection) => {
      await lock.acquire(connection);
      granted.push(connection.name);
      lock.release(connection);
    });
    expect(granted).toEqual([]);
    lock.release(first);
    await Promise.all(others);
    expect(granted).toEqual(['second', 'third']);
  });

  it('is granted to its owner again at once', async () => {
    const lock = new BackendLock();
    const owner = {};
    await lock.acquire(owner);
    await lock.acquire(owner);
    lock.release(owner);
    expect(lock.isOwnedBy(owner)).toBe(false);
  });

  it('cannot be released by somebody else', async () => {
    const lock = new BackendLock();
    const owner = {};
    await lock.acquire(owner);
    lock.release({});
    expect(lock.isOwnedBy(owner)).toBe(true);
  });

  it('remembers who was there last', async () => {
    const lock = new BackendLock();
    const [first, second] = [{}, {}];
    await lock.acquire(first);
    lock.release(first);
    expect(lock.wasLastOwnedBy(first)).toBe(true);
    await lock.acquire(second);
    lock.release(second);
    expect(lock.wasLastOwnedBy(first)).toBe(false);
  });
});
