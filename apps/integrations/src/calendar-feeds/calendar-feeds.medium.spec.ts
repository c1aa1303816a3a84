import { EventEmitter, once } from 'node:events';
import { embeddedBus } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { FakeCalendarFeed, type CalendarFault } from '@parley/testing';
import { nativeRequire } from '../testing/native-require';
import { RunningIntegrations } from '../testing/running-integrations';
import type { CalendarFeed } from './calendar-feed.dto';
import { CalendarFetch } from './calendar-fetch';
import { CalendarRefresh } from './calendar-refresh';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const DAY_MS = 24 * 3_600_000;
/** In iCalendar, so many days from now. */
const inDays = (days: number, hour = 10): string => {
  const day = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  return `${day.replaceAll('-', '')}T${String(hour).padStart(2, '0')}0000Z`;
};
const budget = (...lines: string[]) => ({
  uid: 'budget',
  lines: ['SUMMARY:Budget', `DTSTART:${inDays(2)}`, 'DURATION:PT30M', ...lines],
});

type Told = Envelope<'calendar.planned'> | Envelope<'calendar.cancelled'>;

// Real: the whole service, its database, the embedded bus, HTTP, the reading in its thread. Fake: the calendar.
describe('a calendar feed', () => {
  const calendar = new FakeCalendarFeed();
  const told: Told[] = [];
  const arrivals = new EventEmitter();
  let parley: RunningIntegrations;

  beforeAll(async () => {
    await calendar.start();
    parley = await RunningIntegrations.start({
      OUTBOUND_ALLOW_HOSTS: calendar.hostAndPort,
      CALENDAR_FEED_TIMEOUT_SECONDS: '5',
      // Looked at when a test says so.
      CALENDAR_FEED_REFRESH_SECONDS: '86400',
    });
    await embeddedBus()?.bus.subscribe({
      group: 'calendar-test',
      topics: ['calendar'],
      types: ['calendar.planned', 'calendar.cancelled'],
      handler: (event) => {
        told.push(event as Told);
        arrivals.emit('told');
        return Promise.resolve();
      },
    });
  });
  afterAll(async () => {
    await parley.stop();
    await calendar.stop();
  });

  let names = 0;
  async function added(): Promise<string> {
    names += 1;
    const input = { name: `Team ${names}`, url: calendar.url };
    const { status, body } = await parley.call<CalendarFeed>('POST', '/v1/calendar-feeds', input);
    expect(status).toBe(201);
    return body.id;
  }
  const refreshed = (id: string) =>
    parley.call<CalendarFeed & { type?: string; detail?: string }>(
      'POST',
      `/v1/calendar-feeds/${id}/refresh`,
    );
  const shown = async (id: string) =>
    (await parley.call<CalendarFeed>('GET', `/v1/calendar-feeds/${id}`)).body;
  /** What was told of the feed, once there is so much. */
  async function news(id: string, count: number): Promise<Told[]> {
    const mine = () => told.filter(({ data }) => data.feedId === id);
    const signal = AbortSignal.timeout(20_000);
    while (mine().length < count) await once(arrivals, 'told', { signal });
    return mine();
  }

  it('tells of its meetings with title, participants and time, and asks only for what changed', async () => {
    calendar.meetings = [budget('ATTENDEE;CN=Ana:mailto:ana@example.org')];
    const id = await added();
    expect((await refreshed(id)).body).toMatchObject({ planned: 1, failure: null, leftOut: 0 });
    const [only] = await news(id, 1);
    expect(only).toMatchObject({
      type: 'calendar.planned',
      workspaceId: 'default',
      data: {
        revision: 1,
        title: 'Budget',
        platform: 'other',
        timeZone: 'UTC',
        participants: [{ name: 'Ana', email: 'ana@example.org' }],
      },
    });
    await refreshed(id);
    expect(calendar.answered.slice(-2)).toEqual([200, 304]);
    expect(await news(id, 1)).toHaveLength(1);
  });

  it('tells of what is moved, renamed, taken out of a series, and cancelled, under the same keys', async () => {
    calendar.meetings = [budget('RRULE:FREQ=DAILY;COUNT=2')];
    const id = await added();
    await refreshed(id);
    const [first, second] = await news(id, 2);
    calendar.meetings = [
      budget('RRULE:FREQ=DAILY;COUNT=2', `EXDATE:${inDays(3)}`),
      {
        uid: 'budget',
        lines: [
          `RECURRENCE-ID:${inDays(2)}`,
          `DTSTART:${inDays(2, 16)}`,
          'DURATION:PT1H',
          'SUMMARY:Later',
        ],
      },
    ];
    await refreshed(id);
    const [, , moved, gone] = await news(id, 4);
    expect(moved).toMatchObject({
      type: 'calendar.planned',
      data: { key: first?.data.key, revision: 2, title: 'Later' },
    });
    expect(gone).toMatchObject({
      type: 'calendar.cancelled',
      data: { key: second?.data.key, revision: 2 },
    });
    expect((await shown(id)).planned).toBe(1);
    calendar.meetings = [];
    await refreshed(id);
    expect((await news(id, 5))[4]).toMatchObject({ type: 'calendar.cancelled' });
  });

  it.each<[string, CalendarFault, string]>([
    ['is too long', { kind: 'long', bytes: 10_000_000 }, 'too-long'],
    ['is cut off', { kind: 'cut' }, 'no-answer'],
  ])('that %s has a word of its own in the log', async (_what, fault, code) => {
    calendar.failNext(fault);
    const { signal } = new AbortController();
    const unknown = { etag: null, lastModified: null };
    const fetched = parley.part(CalendarFetch).fetch(calendar.url, unknown, signal);
    await expect(fetched).rejects.toMatchObject({ code });
  });

  it.each<[string, CalendarFault, RegExp]>([
    ['is longer than it may be', { kind: 'long', bytes: 10_000_000 }, /longer than 8 MiB/],
    ['never ends', { kind: 'endless' }, /longer than 8 MiB/],
    ['never answers', { kind: 'hang' }, /no answer in time/],
    ['is cut off', { kind: 'cut' }, /the call failed|the connection was cut/],
    ['is a page', { kind: 'body', body: '<html></html>' }, /not a calendar/],
    [
      'is half a calendar',
      { kind: 'body', body: 'BEGIN:VCALENDAR\r\nBEGIN:VEV' },
      /not a calendar/,
    ],
    ['is refused', { kind: 'status', status: 403 }, /status 403/],
    [
      'leads to a private address',
      { kind: 'status', status: 302, headers: { location: 'http://169.254.169.254/' } },
      /leads elsewhere/,
    ],
    [
      'takes for ever to read',
      {
        kind: 'body',
        body: [
          ...[
            'BEGIN:VCALENDAR',
            'VERSION:2.0',
            'BEGIN:VEVENT',
            'UID:x',
            'DTSTART:20200101T000000Z',
          ],
          ...['DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'END:VEVENT'],
          ...['END:VCALENDAR', ''],
        ].join('\r\n'),
      },
      /takes too long|not a calendar/,
    ],
  ])('that %s keeps what was planned, and says why', async (_what, fault, why) => {
    calendar.meetings = [budget()];
    const id = await added();
    await refreshed(id);
    await news(id, 1);
    calendar.failNext(fault);
    // So that the whole of it is asked for.
    calendar.meetings = [budget('X-CHANGED:1')];
    const { status, body } = await refreshed(id);
    expect(status).toBe(422);
    expect(body.detail).toMatch(why);
    const feed = await shown(id);
    expect(feed.failure).toMatch(why);
    expect(feed).toMatchObject({ planned: 1, failingSince: expect.any(String) as string });
    expect(await news(id, 1)).toHaveLength(1);
    expect((await refreshed(id)).body).toMatchObject({ failure: null, failingSince: null });
  });

  it('shows its address to nobody, and keeps it sealed', async () => {
    const id = await added();
    const feed = await shown(id);
    expect(feed.host).toBe('127.0.0.1');
    const { body: list } = await parley.call('GET', '/v1/calendar-feeds');
    const rows = await parley.sql('SELECT * FROM integrations.calendar_feeds');
    expect(JSON.stringify([feed, list, rows])).not.toContain('private-7f3a9');
  });

  it.each([
    'http://10.0.0.1/x.ics',
    'webcal://127.0.0.1/x.ics',
    'file:///etc/passwd',
    'https://ana:pw@example.com/',
  ])('is refused at %s', async (url) => {
    const input = { name: 'Elsewhere', url };
    const { status } = await parley.call('POST', '/v1/calendar-feeds', input);
    expect(status).toBe(422);
  });

  it('that is removed takes back what was planned from it', async () => {
    calendar.meetings = [budget()];
    const id = await added();
    await refreshed(id);
    await news(id, 1);
    expect((await parley.call('DELETE', `/v1/calendar-feeds/${id}`)).status).toBe(204);
    expect((await news(id, 2))[1]).toMatchObject({
      type: 'calendar.cancelled',
      data: { revision: 2 },
    });
    expect((await refreshed(id)).status).toBe(404);
  });

  it('is looked at once when several look for what is due', async () => {
    const refresh = parley.part(CalendarRefresh);
    const { signal } = new AbortController();
    await refresh.refreshDue(signal);
    calendar.meetings = [budget()];
    const id = await added();
    const before = calendar.answered.length;
    await Promise.all([1, 2, 3].map(() => refresh.refreshDue(signal)));
    expect(calendar.answered.length - before).toBe(1);
    expect(await news(id, 1)).toHaveLength(1);
  });
});
