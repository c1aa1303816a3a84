import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Seeded } from '../../../../test/harness/seeded';
import { CuttingLine } from '../testing/cutting-line';
import { RunningFeeds, TRANSPORTS } from '../testing/running-feeds';
import { FeedsService } from './feeds.service';
import { TimelineService } from './timeline.service';

const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

// Real: the service over HTTP and WebSockets, the client, Postgres (embedded), the in-memory bus, TCP.
describe('live feeds that are cut', () => {
  let feeds: RunningFeeds;

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
  }, 60_000);

  afterAll(() => feeds.stop());
  afterEach(() => jest.restoreAllMocks());

  describe.each(TRANSPORTS)('over %s', (transport) => {
    it.each([1, 2, 3])(
      'go on after a bad network’s cuts at any byte (seed %i): nothing is missed, nothing comes twice',
      async (seed) => {
        const LINES = 250;
        const random = new Seeded(seed);
        // From inside the answer's head to far into a page.
        const line = await CuttingLine.to(feeds.url, () => Math.floor(random.next() ** 2 * 60_000));
        const id = await feeds.newMeeting();
        for (const ordinal of oneTo(LINES - 30)) await feeds.store(id, ordinal);
        const reading = feeds.read(id, transport, LINES, { client: feeds.clientAt(line.url) });
        for (const ordinal of oneTo(30)) await feeds.say(id, LINES - 30 + ordinal);
        const entries = await reading;
        expect(entries.map(({ cursor }) => cursor)).toEqual(oneTo(LINES));
        expect(line.cuts).toBeGreaterThan(2);
        await line.stop();
      },
    );

    it('are not cut for who joins late and reads: a long meeting comes over one line', async () => {
      const id = await feeds.newMeeting();
      // More than a page, and more than the network's own buffers take at once.
      for (const ordinal of oneTo(250)) await feeds.store(id, ordinal, 'word '.repeat(5_000));
      const lead = jest.spyOn(FeedsService.prototype, 'lead');
      expect(await feeds.read(id, transport, 250)).toHaveLength(250);
      expect(lead).toHaveBeenCalledTimes(1);
    });

    it('end when the timeline cannot be read, and go on when it can', async () => {
      const id = await feeds.newMeeting();
      for (const ordinal of oneTo(3)) await feeds.store(id, ordinal);
      const lead = jest.spyOn(FeedsService.prototype, 'lead');
      jest
        .spyOn(TimelineService.prototype, 'after')
        .mockRejectedValueOnce(new Error('no database'));
      const entries = await feeds.read(id, transport, 3);
      expect(entries.map(({ cursor }) => cursor)).toEqual([1, 2, 3]);
      expect(lead).toHaveBeenCalledTimes(2);
    });

    it('go on where another replica takes the place of one that drains', async () => {
      const id = await feeds.newMeeting();
      await feeds.store(id, 1);
      const cursors: (number | undefined)[] = [];
      for await (const { cursor } of feeds.client.subscribe(id, { transport })) {
        cursors.push(cursor);
        if (cursors.length === 3) break;
        if (cursors.length > 1) continue;
        await feeds.replace();
        for (const ordinal of [2, 3]) await feeds.say(id, ordinal);
      }
      expect(cursors).toEqual([1, 2, 3]);
    });
  });

  describe('say why', () => {
    /** What a WebSocket is closed with. */
    async function closing(id: string): Promise<number> {
      const socket = new WebSocket(feeds.url.replace('http', 'ws') + `/v1/meetings/${id}/events`);
      const [code] = (await once(socket, 'close')) as [number];
      return code;
    }
    const events = (id: string): Promise<Response> =>
      fetch(`${feeds.url}/v1/meetings/${id}/events`);

    it('over a WebSocket with 1011 for an unreadable timeline', async () => {
      const id = await feeds.newMeeting();
      jest.spyOn(TimelineService.prototype, 'after').mockRejectedValue(new Error('no database'));
      expect(await closing(id)).toBe(1011);
      expect(await (await events(id)).text()).toBe('');
    });

    it('over a WebSocket with 1001 when the service goes; server-sent events end whole', async () => {
      const id = await feeds.newMeeting();
      await feeds.store(id, 1);
      const code = closing(id);
      const { body } = await events(id);
      let text = '';
      const whole = (async () => {
        for await (const bytes of body ?? []) text += Buffer.from(bytes as Uint8Array).toString();
      })();
      while (feeds.open < 2 || !text.includes('id: 1\n')) await new Promise(setImmediate);
      await feeds.replace();
      expect(await code).toBe(1001);
      // A line that is cut in the middle rejects here.
      await whole;
    });
  });
});
