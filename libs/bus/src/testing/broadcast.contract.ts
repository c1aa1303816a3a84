import type { Broadcast } from '../broadcast';

/** What every broadcast promises; `open` gives a replica's own on the test's transport. */
export function broadcastContract(name: string, prepare: () => Promise<() => Broadcast>): void {
  describe(`broadcast (${name})`, () => {
    let broadcast: Broadcast;

    beforeEach(async () => {
      broadcast = (await prepare())();
    });

    afterEach(async () => {
      await broadcast.close();
    });

    /** Listens and gives the next messages one by one. */
    async function listen(channel: string) {
      const seen: unknown[] = [];
      let wake = (): void => undefined;
      const stop = await broadcast.subscribe(channel, (message) => {
        seen.push(message);
        wake();
      });
      const next = async (): Promise<unknown> => {
        if (seen.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        return seen.shift();
      };
      return { next, stop, seen };
    }

    it('reaches everyone who listens to the channel, in the order sent', async () => {
      const [left, right] = [await listen('partial'), await listen('partial')];
      await broadcast.publish('partial', { n: 1 });
      await broadcast.publish('partial', { n: 2 });
      for (const listener of [left, right]) {
        expect([await listener.next(), await listener.next()]).toEqual([{ n: 1 }, { n: 2 }]);
      }
    });

    it('says nothing on other channels and nothing to who has stopped', async () => {
      const [stopped, other, here] = [await listen('a'), await listen('b'), await listen('a')];
      await stopped.stop();
      await broadcast.publish('a', { n: 1 });
      expect(await here.next()).toEqual({ n: 1 });
      expect([stopped.seen, other.seen]).toEqual([[], []]);
    });

    it('stores nothing for who comes later', async () => {
      await broadcast.publish('a', { n: 1 });
      const late = await listen('a');
      await broadcast.publish('a', { n: 2 });
      expect(await late.next()).toEqual({ n: 2 });
    });

    it('survives a listener that throws', async () => {
      await broadcast.subscribe('a', () => {
        throw new Error('a bad listener');
      });
      const good = await listen('a');
      await broadcast.publish('a', { n: 1 });
      expect(await good.next()).toEqual({ n: 1 });
    });

    it('can stop and listen again', async () => {
      const first = await listen('a');
      await first.stop();
      const second = await listen('a');
      await broadcast.publish('a', { n: 1 });
      expect(await second.next()).toEqual({ n: 1 });
    });
  });
}
