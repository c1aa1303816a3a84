import { createParleyClient } from '../create-parley-client';
import type { Fetch } from '../fetch';
import type { TimelineEntry } from '../schemas';
import { FakeSocket } from '../testing/fake-socket';
import type { SubscribeOptions } from './subscribe';

const at = '2026-11-23T09:00:00.000Z';
const entry = (cursor?: number): object => ({
  ...(cursor === undefined ? {} : { cursor }),
  type: cursor === undefined ? 'segment.partial' : 'meeting.ended',
  meetingId: 'm',
  at,
  data: {},
});

/** A line on which what the service had sent still arrives after the viewer has closed it. */
class LingeringSocket extends FakeSocket {
  override close(): void {
    this.leaving = true;
  }
  leaving = false;
}

const meeting: Fetch = () => Promise.resolve(Response.json({ id: 'm', status: 'live' }));
const tick = () => jest.advanceTimersByTimeAsync(0);
const nextRetry = () => jest.advanceTimersByTimeAsync(10_000);

function viewer(
  options: SubscribeOptions = {},
  { send = meeting, apiKey = '', kind = FakeSocket } = {},
) {
  const sockets: FakeSocket[] = [];
  const urls: URL[] = [];
  const parley = createParleyClient({
    baseUrls: { ingestion: 'https://parley.test' },
    ...(apiKey ? { apiKey } : {}),
    fetch: send,
    openSocket: (url) => {
      const socket = new kind();
      urls.push(new URL(url));
      sockets.push(socket);
      return socket;
    },
  });
  const feed = parley.subscribe('m', { ...options, transport: 'websocket' });
  /** The newest line, open. */
  const line = async (): Promise<FakeSocket> => {
    await tick();
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    socket.happen('open');
    await tick();
    return socket;
  };
  return { feed, urls, sockets, line };
}

/** Takes them all, until the feed ends or there are `wanted`. */
async function take(
  feed: AsyncGenerator<TimelineEntry, void>,
  wanted: number,
): Promise<(number | undefined)[]> {
  const cursors: (number | undefined)[] = [];
  for await (const { cursor } of feed) {
    cursors.push(cursor);
    if (cursors.length === wanted) break;
  }
  return cursors;
}

// Fake: the clock, the sockets and the network.
describe('following a timeline over a WebSocket', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('goes on after the last cursor when the line is lost, whatever had none', async () => {
    const { feed, line, urls } = viewer({ lastEventId: 7 });
    const cursors = take(feed, 3);
    const first = await line();
    first.say({ type: 'heartbeat' });
    first.say(entry(8));
    first.say(entry());
    first.happen('close', { code: 1001 });
    await nextRetry();
    (await line()).say(entry(9));
    expect(await cursors).toEqual([8, undefined, 9]);
    expect(urls.map(({ searchParams }) => searchParams.get('after'))).toEqual(['7', '8']);
    expect(urls[0]?.href).toBe('wss://parley.test/v1/meetings/m/events?after=7');
  });

  it('shows a fresh ticket each time, and never its key', async () => {
    let taken = 0;
    const send: Fetch = () => Promise.resolve(Response.json({ ticket: `t${++taken}` }));
    const { feed, line, urls } = viewer({}, { send, apiKey: 'k-1' });
    const cursors = take(feed, 1);
    (await line()).happen('close', { code: 1006 });
    await nextRetry();
    (await line()).say(entry(1));
    expect(await cursors).toEqual([1]);
    expect(urls.map(({ searchParams }) => searchParams.get('ticket'))).toEqual(['t1', 't2']);
    expect(urls.join()).not.toContain('k-1');
  });

  it('loses nothing of what arrived while its reader was busy, when the line then ends', async () => {
    const { feed, line, urls } = viewer();
    const first = feed.next();
    const socket = await line();
    socket.say(entry(1));
    expect((await first).value).toMatchObject({ cursor: 1 });
    for (const cursor of [2, 3, 4]) socket.say(entry(cursor));
    socket.happen('close', { code: 1001 });
    const rest = take(feed, 3);
    await tick();
    expect(urls).toHaveLength(1);
    expect(await rest).toEqual([2, 3, 4]);
  });

  it('lets a reader that is ten thousand entries behind come back for the rest', async () => {
    const { feed, line, urls } = viewer();
    const first = feed.next();
    const socket = await line();
    socket.say(entry(1));
    expect((await first).value).toMatchObject({ cursor: 1 });
    for (let cursor = 2; cursor <= 20_000; cursor++) socket.say(entry(cursor));
    expect(socket.closed).toBe(true);
    const rest = take(feed, 10_002);
    await nextRetry();
    (await line()).say(entry(10_003));
    expect((await rest).slice(-2)).toEqual([10_002, 10_003]);
    expect(urls[1]?.searchParams.get('after')).toBe('10002');
  });

  it('leaves nothing behind when its reader goes while the service still speaks', async () => {
    const { feed, line } = viewer({}, { kind: LingeringSocket });
    const cursors = take(feed, 1);
    const socket = await line();
    socket.say(entry(1));
    expect(await cursors).toEqual([1]);
    expect((socket as LingeringSocket).leaving).toBe(true);
    socket.say(entry(2));
    expect(jest.getTimerCount()).toBe(0);
  });

  it('comes back when nothing was heard for a minute on a line that nobody closed', async () => {
    const { feed, line, urls } = viewer({}, { kind: LingeringSocket });
    const cursors = take(feed, 2);
    const silent = await line();
    silent.say(entry(1));
    await jest.advanceTimersByTimeAsync(59_000);
    silent.say({ type: 'heartbeat' });
    await jest.advanceTimersByTimeAsync(59_000);
    expect(urls).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(urls).toHaveLength(2);
    (await line()).say(entry(2));
    expect(await cursors).toEqual([1, 2]);
  });

  it('ends with the problem that the service tells', async () => {
    const { feed, line } = viewer();
    const ended = expect(take(feed, 1)).rejects.toMatchObject({ code: 'validation-failed' });
    (await line()).refuse('validation-failed', 400);
    await ended;
  });

  it('asks why it was refused, and ends when that stays so', async () => {
    const type = 'https://parley.dev/problems/meeting-not-found';
    const gone: Fetch = () =>
      Promise.resolve(Response.json({ type, status: 404 }, { status: 404 }));
    const { feed, sockets } = viewer({}, { send: gone });
    const ended = expect(take(feed, 1)).rejects.toMatchObject({ code: 'meeting-not-found' });
    await tick();
    sockets[0]?.happen('close', { code: 1006 });
    await ended;
  });

  it('tries again when it was refused and the meeting is there', async () => {
    const { feed, sockets, line } = viewer();
    const cursors = take(feed, 1);
    await tick();
    sockets[0]?.happen('close', { code: 1006 });
    await nextRetry();
    (await line()).say(entry(1));
    expect(await cursors).toEqual([1]);
  });

  describe('ends quietly when its signal fires', () => {
    it('while it reads', async () => {
      const stopping = new AbortController();
      const { feed, line } = viewer({ signal: stopping.signal });
      const cursors = take(feed, 5);
      const socket = await line();
      socket.say(entry(1));
      await tick();
      stopping.abort();
      expect(await cursors).toEqual([1]);
      expect(socket.closed).toBe(true);
      expect(jest.getTimerCount()).toBe(0);
    });

    it('while the socket is being opened', async () => {
      const stopping = new AbortController();
      const { feed, sockets } = viewer({ signal: stopping.signal });
      const cursors = take(feed, 1);
      await tick();
      stopping.abort();
      expect(await cursors).toEqual([]);
      expect(sockets[0]?.closed).toBe(true);
    });

    it.each([
      ['its ticket', 'k-1'],
      ['the reason of a refusal', ''],
    ])('while it waits for %s', async (_, apiKey) => {
      const stopping = new AbortController();
      const unanswered: Fetch = ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new DOMException('aborted', 'AbortError'));
          });
        });
      const { feed, sockets } = viewer({ signal: stopping.signal }, { send: unanswered, apiKey });
      const ended = jest.fn();
      void take(feed, 1).then(ended);
      await tick();
      sockets[0]?.happen('close', { code: 1006 });
      await tick();
      stopping.abort();
      await tick();
      expect(ended).toHaveBeenCalledWith([]);
    });
  });
});
