import { hash } from 'node:crypto';
import { newId, newKeySecret, type AnnouncedKey, type KeyId } from '@parley/contracts';
import { MemoryBroadcast } from '@parley/bus';
import type { Metrics } from '@parley/observability';
import type { ServiceClient } from '../client/service-client';
import { KeyRing } from './key-ring';
import { KeySync } from './key-sync';

const metrics = { reading: () => undefined } as unknown as Metrics;

/** A replica that asks what `source` says; nothing goes over HTTP. */
function replica(broadcast: MemoryBroadcast, source: () => Promise<AnnouncedKey[]>) {
  const ring = new KeyRing();
  const sync = new KeySync(ring, {} as ServiceClient, metrics, broadcast);
  sync.readFrom(source);
  const lets = (secret: string): string =>
    ring.match(secret, hash('sha256', secret, 'buffer'), Date.now()).kind;
  return { ring, sync, lets };
}

// Real: ring, sync, the broadcast in memory. Fake: ingestion, and the clock that asks it again.
describe('keeping the ring of keys as ingestion has it', () => {
  let announced: AnnouncedKey[];
  let broadcast: MemoryBroadcast;
  const running: KeySync[] = [];
  const start = async (source = (): Promise<AnnouncedKey[]> => Promise.resolve([...announced])) => {
    const made = replica(broadcast, source);
    running.push(made.sync);
    await made.sync.onApplicationBootstrap();
    await made.sync.refresh();
    return made;
  };
  const issue = (): { id: string; secret: string } => {
    const id = newId<KeyId>();
    const secret = newKeySecret(id);
    const about = { workspaceId: 'acme', name: 'Ann', scopes: ['read' as const], expiresAt: null };
    announced.push({ id, hash: hash('sha256', secret), ...about });
    return { id, secret };
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    announced = [];
    broadcast = new MemoryBroadcast();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((sync) => sync.onModuleDestroy()));
    jest.useRealTimers();
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('knows the keys of before its start, and a new one once any replica hears of it', async () => {
    const before = issue();
    const [first, second] = [await start(), await start()];
    expect([first.lets(before.secret), second.lets(before.secret)]).toEqual(['known', 'known']);
    const { id, secret } = issue();
    await first.sync.tell({ keyId: id, revoked: false });
    await settled();
    expect([first.lets(secret), second.lets(secret)]).toEqual(['known', 'known']);
  });

  it('refuses a revoked key on every replica, though ingestion cannot be asked any more', async () => {
    const { id, secret } = issue();
    let away = false;
    const source = (): Promise<AnnouncedKey[]> =>
      away ? Promise.reject(new Error('away')) : Promise.resolve([...announced]);
    const [first, second] = [await start(source), await start(source)];
    away = true;
    await first.sync.tell({ keyId: id, revoked: true });
    await settled();
    expect([first.lets(secret), second.lets(secret)]).toEqual(['wrong', 'wrong']);
  });

  it('does not let an answer that was on its way bring a revoked key back', async () => {
    const { id, secret } = issue();
    const { sync, lets } = await start();
    let arrive: (keys: AnnouncedKey[]) => void = () => undefined;
    const late = new Promise<AnnouncedKey[]>((resolve) => (arrive = resolve));
    sync.readFrom(() => late);
    const asking = sync.refresh();
    void sync.learn({ keyId: id, revoked: true });
    arrive([...announced]);
    await asking;
    expect(lets(secret)).toBe('wrong');
  });

  it('asks again by itself: news may be lost', async () => {
    const { secret, lets } = { ...issue(), ...(await start()) };
    announced = [];
    await jest.advanceTimersByTimeAsync(15_000);
    await settled();
    expect(lets(secret)).toBe('unknown');
  });

  it('takes no key until ingestion answers, which it asks for soon', async () => {
    let away = true;
    const { secret } = issue();
    const { lets } = await start(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve([...announced]),
    );
    expect(lets(secret)).toBe('not-known-yet');
    away = false;
    await jest.advanceTimersByTimeAsync(2_000);
    await settled();
    expect(lets(secret)).toBe('known');
  });

  it('keeps what it knows while ingestion is away', async () => {
    const { secret } = issue();
    let away = false;
    const { sync, lets } = await start(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve([...announced]),
    );
    away = true;
    await sync.refresh();
    expect(lets(secret)).toBe('known');
  });

  describe('for a key that is not known here', () => {
    it('asks at once, so that one that was just made opens what it may', async () => {
      const { sync, lets } = await start();
      const { id, secret } = issue();
      expect(lets(secret)).toBe('unknown');
      expect(await sync.lookAgain(id)).toBe(true);
      expect(lets(secret)).toBe('known');
    });

    it('asks once a second however many are shown, and each is told what was true when it was shown', async () => {
      let asked = 0;
      const { sync, lets } = await start(() => {
        asked += 1;
        return Promise.resolve([...announced]);
      });
      await sync.lookAgain(newId());
      const before = asked;
      const { id, secret } = issue();
      const looking = [id, ...Array.from({ length: 49 }, () => newId())].map((key) =>
        sync.lookAgain(key),
      );
      await settled();
      expect([asked, lets(secret)]).toEqual([before, 'unknown']);
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await Promise.all(looking)).toEqual(looking.map(() => true));
      expect([asked, lets(secret)]).toEqual([before + 1, 'known']);
    });

    it('asks for that one alone, and keeps it though an older answer for all comes later', async () => {
      const { sync, lets } = await start();
      const asked: (readonly string[] | undefined)[] = [];
      let answerAll: (keys: AnnouncedKey[]) => void = () => undefined;
      const all = new Promise<AnnouncedKey[]>((resolve) => (answerAll = resolve));
      sync.readFrom((ids) => {
        asked.push(ids);
        return ids ? Promise.resolve(announced.filter(({ id }) => ids.includes(id))) : all;
      });
      const older = sync.refresh();
      const { id, secret } = issue();
      expect(await sync.lookAgain(id)).toBe(true);
      answerAll([]);
      await older;
      expect([asked, lets(secret)]).toEqual([[undefined, [id]], 'known']);
    });

    it('says when ingestion could not be asked', async () => {
      let away = false;
      const { sync } = await start(() =>
        away ? Promise.reject(new Error('away')) : Promise.resolve([...announced]),
      );
      away = true;
      expect(await sync.lookAgain(newId())).toBe(false);
    });

    it('asks for one that is not there once in a quarter of a minute, unless news of it comes', async () => {
      let asked = 0;
      const { sync, lets } = await start(() => {
        asked += 1;
        return Promise.resolve([...announced]);
      });
      const gone = newId<KeyId>();
      const looks = async (): Promise<number> => {
        const before = asked;
        expect(await sync.lookAgain(gone)).toBe(true);
        return asked - before;
      };
      expect([await looks(), await looks()]).toEqual([1, 0]);
      await jest.advanceTimersByTimeAsync(15_000);
      expect([await looks(), await looks()]).toEqual([1, 0]);
      await sync.learn({ keyId: gone, revoked: false });
      await jest.advanceTimersByTimeAsync(1_000);
      expect([await looks(), lets(newKeySecret(gone))]).toEqual([1, 'unknown']);
    });

    it('waits two seconds at most, however slow ingestion is and however many look', async () => {
      const { sync } = await start();
      let answer: (keys: AnnouncedKey[]) => void = () => undefined;
      const slow = new Promise<AnnouncedKey[]>((resolve) => (answer = resolve));
      sync.readFrom(() => slow);
      const first = sync.lookAgain(newId());
      await jest.advanceTimersByTimeAsync(1_500);
      const second = sync.lookAgain(newId());
      await jest.advanceTimersByTimeAsync(500);
      expect(await first).toBe(false);
      await jest.advanceTimersByTimeAsync(1_500);
      expect(await second).toBe(false);
      answer([]);
    });

    it('ends each wait with the answer to its own question, though others keep asking', async () => {
      const answers: (() => void)[] = [];
      const { sync } = await start();
      sync.readFrom(
        () =>
          new Promise((resolve) =>
            answers.push(() => {
              resolve([...announced]);
            }),
          ),
      );
      const first = sync.refresh();
      const second = sync.refresh();
      answers.shift()?.();
      await first;
      const third = sync.refresh();
      answers.shift()?.();
      await second;
      answers.shift()?.();
      await third;
    });
  });
});
