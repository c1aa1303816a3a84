import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Broadcast } from '@parley/bus';
import { unwrap, type FeedTransport, type TimelineEntry } from '@parley/client';
import type { Segment } from '@parley/contracts';
import { WebSocket } from 'ws';
import { RunningFeeds, TRANSPORTS } from '../testing/running-feeds';
import { until } from '../testing/until';
import { segmentOf } from '../testing/segment-of';
import { PARTIAL_CHANNEL } from './channels';

// Real: the service over HTTP and WebSockets, the client, Postgres (embedded), the in-memory bus.
describe('live feeds', () => {
  let feeds: RunningFeeds;

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
  }, 60_000);

  afterAll(() => feeds.stop());

  describe.each(TRANSPORTS)('over %s', (transport) => {
    it('show what has been said, then what is being said, each once and in order', async () => {
      const id = await feeds.newMeeting();
      for (const ordinal of [0, 1, 2]) await feeds.say(id, ordinal);
      const reading = feeds.read(id, transport, 6);
      for (const ordinal of [3, 4, 5]) await feeds.say(id, ordinal);
      const entries = await reading;
      expect(entries.map(({ cursor }) => cursor)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(entries.map(({ data }) => (data as Segment).text)).toEqual(
        [0, 1, 2, 3, 4, 5].map((ordinal) => `line ${ordinal}`),
      );
    });

    it('are resumed wherever they were cut: nothing is missed, nothing comes twice', async () => {
      const id = await feeds.newMeeting();
      const LINES = 60;
      const seen: number[] = [];
      const reading = (async () => {
        // A different number of entries each time, prime to the number of lines.
        for (let cut = 1; seen.length < LINES; cut = (cut % 7) + 1) {
          const missing = Math.min(cut, LINES - seen.length);
          const entries = await feeds.read(id, transport, missing, {
            lastEventId: seen.at(-1) ?? 0,
          });
          seen.push(...entries.map(({ cursor }) => cursor ?? 0));
        }
      })();
      for (let ordinal = 0; ordinal < LINES; ordinal++) await feeds.say(id, ordinal);
      await reading;
      expect(seen).toEqual(Array.from({ length: LINES }, (_, index) => index + 1));
    });

    it('carry provisional lines, which have no cursor and are gone for who comes later', async () => {
      const id = await feeds.newMeeting();
      await feeds.say(id, 0);
      const seen: TimelineEntry[] = [];
      let drafting: NodeJS.Timeout | undefined;
      for await (const entry of feeds.client.subscribe(id, { transport })) {
        seen.push(entry);
        if (seen.length === 2) break;
        const draft = { ...segmentOf(id, 1, 'half a li'), final: false };
        // Again and again: one that comes while the feed reads the stored lines is left out.
        drafting = setInterval(() => {
          void feeds.app.get(Broadcast, { strict: false }).publish(PARTIAL_CHANNEL, draft);
        }, 20);
      }
      clearInterval(drafting);
      expect(seen.map(({ type, cursor }) => [type, cursor])).toEqual([
        ['segment.final', 1],
        ['segment.partial', undefined],
      ]);
      await feeds.say(id, 1);
      const later = await feeds.read(id, transport, 2);
      expect(later.map(({ type }) => type)).toEqual(['segment.final', 'segment.final']);
    });

    it('end for a viewer that does not read, and for nobody else', async () => {
      const id = await feeds.newMeeting();
      await until(() => feeds.open === 0);
      const deaf = await openAndIgnore(id, transport);
      await until(() => feeds.open === 1);
      const broadcast = feeds.app.get(Broadcast, { strict: false });
      const long = { ...segmentOf(id, 0, 'word '.repeat(20_000)), final: false };
      // Far more than the network's own buffers take.
      for (let sent = 0; feeds.open > 0 && sent < 1_000; sent++) {
        await broadcast.publish(PARTIAL_CHANNEL, long);
        await new Promise(setImmediate);
      }
      expect(feeds.open).toBe(0);
      deaf.destroy();
      await feeds.say(id, 0);
      expect(await feeds.read(id, transport, 1)).toHaveLength(1);
    });

    it('are refused for a meeting that there is not', async () => {
      const nobody = '0197a0c4-8f6e-7d3a-9b21-5c4e8d7f6a10';
      await expect(feeds.read(nobody, transport, 1)).rejects.toMatchObject({
        code: 'meeting-not-found',
      });
    });
  });

  it('show the same over both', async () => {
    const id = await feeds.newMeeting();
    for (const ordinal of [0, 1, 2]) await feeds.say(id, ordinal);
    const [first, second] = await Promise.all(TRANSPORTS.map((one) => feeds.read(id, one, 3)));
    expect(first).toEqual(second);
  });

  describe('over a WebSocket', () => {
    async function open(meetingId: string, query = ''): Promise<WebSocket> {
      const url = `${feeds.url.replace('http', 'ws')}/v1/meetings/${meetingId}/events${query}`;
      const socket = new WebSocket(url);
      await once(socket, 'open');
      return socket;
    }

    it('are only read: a message is answered with a problem and 1008', async () => {
      const socket = await open(await feeds.newMeeting());
      socket.send('hello');
      const [[message], [code]] = await Promise.all([
        once(socket, 'message') as Promise<[Buffer]>,
        once(socket, 'close') as Promise<[number]>,
      ]);
      expect(JSON.parse(message.toString())).toMatchObject({
        type: 'error',
        problem: { type: 'https://parley.dev/problems/validation-failed' },
      });
      expect(code).toBe(1008);
    });

    it('end with 1009 when the viewer sends too much', async () => {
      const socket = await open(await feeds.newMeeting());
      socket.send('x'.repeat(2_000));
      expect(((await once(socket, 'close')) as [number])[0]).toBe(1009);
    });

    it('say that they are there, in a way that a page sees', async () => {
      const socket = await open(await feeds.newMeeting());
      const [message] = (await once(socket, 'message')) as [Buffer];
      expect(JSON.parse(message.toString())).toEqual({ type: 'heartbeat' });
      socket.close();
    });

    it('open to a ticket, once', async () => {
      const id = await feeds.newMeeting();
      const { ticket } = await unwrap(
        feeds.client.ingestion.POST('/v1/meetings/{id}/tickets', { params: { path: { id } } }),
      );
      (await open(id, `?ticket=${ticket}`)).close();
      await expect(open(id, `?ticket=${ticket}`)).rejects.toThrow('401');
    });

    it.each(['-1', 'seven', '1e3'])('are refused with 400 after the cursor %s', async (after) => {
      const socket = new WebSocket(
        `${feeds.url.replace('http', 'ws')}/v1/meetings/${await feeds.newMeeting()}/events?after=${after}`,
      );
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      expect(response.statusCode).toBe(400);
    });
  });

  /** A viewer that asks for a feed and never reads a byte of it. */
  async function openAndIgnore(meetingId: string, transport: FeedTransport): Promise<Socket> {
    const { port } = new URL(feeds.url);
    const socket = connect(Number(port), '127.0.0.1').pause();
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const upgrade =
      transport === 'sse'
        ? ''
        : 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    socket.write(
      `GET /v1/meetings/${meetingId}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n${upgrade}\r\n`,
    );
    return socket;
  }
});
