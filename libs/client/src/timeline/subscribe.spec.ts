import type { TimelineEntry } from '../schemas';
import { eventStreamFeed } from './event-stream-feed';
import { subscribe, type OpenFeed, type SubscribeOptions } from './subscribe';

const at = '2026-11-23T09:00:00.000Z';
const event = (cursor: number): string =>
  `id: ${cursor}\nevent: meeting.ended\ndata: ${JSON.stringify({ type: 'meeting.ended', meetingId: 'm', at, data: { endedAt: at } })}\n\n`;
const partial = `event: segment.partial\ndata: ${JSON.stringify({ type: 'segment.partial', meetingId: 'm', at, data: {} })}\n\n`;

/** A feed that ends after these pieces, as a lost connection does. */
const feed = (...pieces: string[]) => new Response(new Blob(pieces).stream());
const refusal = (status: number, code: string, headers = {}) =>
  Response.json({ type: `https://parley.dev/problems/${code}`, status }, { status, headers });

const over = (send: (request: Request) => Promise<Response>): OpenFeed =>
  eventStreamFeed('m', { url: 'http://parley.test', headers: {}, send });

/** Opens the feeds in turn; each may also be a failure of the network. */
function opener(...feeds: (Response | Error)[]): { open: OpenFeed; cursors: number[] } {
  const cursors: number[] = [];
  const open = over((request) => {
    cursors.push(Number(request.headers.get('last-event-id')));
    const next = feeds.shift() ?? new Error('nobody arranged another connection');
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next);
  });
  return { open, cursors };
}

async function take(
  open: OpenFeed,
  wanted: number,
  options: SubscribeOptions = {},
): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for await (const entry of subscribe(open, options)) {
    entries.push(entry);
    if (entries.length === wanted) break;
  }
  return entries;
}

// Fake: the clock and the connections.
describe('following a timeline', () => {
  beforeEach(() => {
    jest.useFakeTimers({ advanceTimers: true });
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('yields entries with their cursor, however the bytes are cut', async () => {
    const text = event(1) + partial + event(2);
    const { open } = opener(feed(text.slice(0, 30), text.slice(30, 31), text.slice(31)));
    const entries = await take(open, 3);
    expect(entries.map(({ type, cursor }) => [type, cursor])).toEqual([
      ['meeting.ended', 1],
      ['segment.partial', undefined],
      ['meeting.ended', 2],
    ]);
  });

  it('goes on after the last cursor when the connection is lost, half an event included', async () => {
    const { open, cursors } = opener(
      feed(event(8), partial, event(9).slice(0, 20)),
      new TypeError('fetch failed'),
      feed(event(9)),
    );
    const entries = take(open, 3, { lastEventId: 7 });
    await jest.advanceTimersByTimeAsync(2_000);
    expect((await entries).map(({ cursor }) => cursor)).toEqual([8, undefined, 9]);
    expect(cursors).toEqual([7, 8, 8]);
  });

  it('waits as long as a busy service asks', async () => {
    const { open, cursors } = opener(
      refusal(429, 'too-many-requests', { 'retry-after': '30' }),
      feed(event(1)),
    );
    const entries = take(open, 1);
    await jest.advanceTimersByTimeAsync(29_000);
    expect(cursors).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(await entries).toHaveLength(1);
  });

  it('ends with the problem when the meeting cannot be followed at all', async () => {
    const { open, cursors } = opener(refusal(404, 'meeting-not-found'));
    await expect(take(open, 1)).rejects.toMatchObject({ code: 'meeting-not-found' });
    expect(cursors).toEqual([0]);
  });

  it('ends quietly when the signal fires, also while it waits', async () => {
    const stopping = new AbortController();
    const { open } = opener(feed(event(1)), new TypeError('fetch failed'));
    const entries = take(open, 5, { signal: stopping.signal });
    await jest.advanceTimersByTimeAsync(400);
    stopping.abort();
    expect(await entries).toHaveLength(1);
  });

  it('ends when the signal fires, although the connection itself takes no notice of it', async () => {
    const stopping = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(event(1)));
      },
    });
    const entries: TimelineEntry[] = [];
    for await (const entry of subscribe(
      over(() => Promise.resolve(new Response(body))),
      {
        signal: stopping.signal,
      },
    )) {
      entries.push(entry);
      setImmediate(() => {
        stopping.abort();
      });
    }
    expect(entries).toHaveLength(1);
  });

  it('comes back when nothing was heard for a minute on a line that nobody closed', async () => {
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(event(1)));
      },
    });
    const { open, cursors } = opener(new Response(silent), feed(event(2)));
    const entries = take(open, 2);
    await jest.advanceTimersByTimeAsync(59_000);
    expect(cursors).toEqual([0]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect((await entries).map(({ cursor }) => cursor)).toEqual([1, 2]);
  });

  it.each([-1, 1.5, Number.NaN])(
    'refuses %s as a cursor before anything is asked',
    async (lastEventId) => {
      const { open, cursors } = opener();
      await expect(take(open, 1, { lastEventId })).rejects.toThrow(RangeError);
      expect(cursors).toEqual([]);
    },
  );

  it('closes the connection when the reader leaves', async () => {
    const cancelled = jest.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(event(1)));
      },
      cancel: cancelled,
    });
    await take(opener(new Response(body)).open, 1);
    expect(cancelled).toHaveBeenCalledTimes(1);
  });
});
