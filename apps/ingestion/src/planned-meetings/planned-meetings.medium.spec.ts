import { randomUUID } from 'node:crypto';
import { embeddedBus } from '@parley/bus';
import { unwrap } from '@parley/client';
import { makeEvent, type CalendarPlanned, type Envelope } from '@parley/contracts';
import { DataSource } from 'typeorm';
import { RunningFeeds } from '../testing/running-feeds';
import { PlannedMeetingsRepository } from './planned-meetings.repository';

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

// Real: the service, its database and the embedded bus. Fake: integrations, which the tests speak for.
describe('what calendars plan', () => {
  let running: RunningFeeds;
  const started: Envelope<'meeting.started'>[] = [];

  beforeAll(async () => {
    running = await RunningFeeds.start();
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['meeting'],
      types: ['meeting.started'],
      handler: (event) => {
        started.push(event as Envelope<'meeting.started'>);
        return Promise.resolve();
      },
    });
  });
  afterAll(() => running.stop());

  const api = () => running.client.ingestion;
  const list = async () => (await unwrap(api().GET('/v1/planned-meetings'))).items;
  const plan = (more: Partial<CalendarPlanned> = {}): CalendarPlanned => ({
    feedId: randomUUID(),
    key: randomUUID(),
    revision: 1,
    title: 'Budget',
    platform: 'zoom',
    startsAt: inHours(1),
    endsAt: inHours(2),
    timeZone: 'Europe/Berlin',
    participants: [{ name: 'Ana', email: 'ana@example.org' }, { name: 'Ben' }],
    ...more,
  });
  /** Resolves when the service has acknowledged it. */
  const told = (data: CalendarPlanned, workspaceId = 'default') =>
    embeddedBus()?.bus.publish(makeEvent('calendar.planned', data, { workspaceId }));
  const cancelled = ({ feedId, key, endsAt }: CalendarPlanned, revision: number) =>
    embeddedBus()?.bus.publish(
      makeEvent(
        'calendar.cancelled',
        { feedId, key, revision, endsAt },
        { workspaceId: 'default' },
      ),
    );
  const find = async ({ feedId }: CalendarPlanned) =>
    (await list()).find((each) => each.feedId === feedId);
  const idOf = async (data: CalendarPlanned) => (await find(data))?.id ?? 'not there';
  const begin = (id: string) =>
    unwrap(api().POST('/v1/planned-meetings/{id}/begin', { params: { path: { id } }, body: {} }));

  it('is listed, the next first, page by page, and is of one workspace', async () => {
    const feedId = randomUUID();
    for (const hour of [3, 1, 2]) {
      await told(
        plan({ feedId, title: `At ${hour}`, startsAt: inHours(hour), endsAt: inHours(9) }),
      );
    }
    await told(plan({ title: 'Elsewhere' }), 'another');
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const page = await unwrap(api().GET('/v1/planned-meetings', { params: { query } }));
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(titles).toEqual(['At 1', 'At 2', 'At 3']);
  });

  it('follows what is moved and cancelled, whatever the order in which it hears of it', async () => {
    const first = plan();
    await told({ ...first, revision: 2, title: 'Renamed', startsAt: inHours(1.5) });
    await told(first);
    expect(await find(first)).toMatchObject({ title: 'Renamed' });
    await cancelled(first, 4);
    await told({ ...first, revision: 3 });
    expect(await find(first)).toBeUndefined();
    const early = plan();
    await cancelled(early, 2);
    await told(early);
    expect(await find(early)).toBeUndefined();
    await told({ ...early, revision: 3, title: 'After all' });
    expect(await find(early)).toMatchObject({ title: 'After all' });
  });

  it('is begun as a meeting with its title, its participants and its time zone', async () => {
    const data = plan();
    await told(data);
    const meeting = await begin(await idOf(data));
    expect(meeting).toMatchObject({
      title: 'Budget',
      platform: 'zoom',
      timeZone: 'Europe/Berlin',
      status: 'live',
      participants: [
        { name: 'Ana', email: 'ana@example.org', consent: 'unknown' },
        { name: 'Ben' },
      ],
    });
    expect(started.filter(({ meetingId }) => meetingId === meeting.id)).toHaveLength(1);
    expect(await find(data)).toBeUndefined();
  });

  it('is one meeting when many begin it at once, and not touched by the calendar afterwards', async () => {
    const data = plan();
    await told(data);
    const id = await idOf(data);
    const meetings = await Promise.all([1, 2, 3, 4].map(() => begin(id)));
    expect(new Set(meetings.map((meeting) => meeting.id)).size).toBe(1);
    await told({ ...data, revision: 2, title: 'Renamed' });
    await cancelled(data, 3);
    expect(await begin(id)).toMatchObject({ id: meetings[0]?.id, title: 'Budget' });
    expect(await find(data)).toBeUndefined();
  });

  it('is one where it stands in several feeds, of which each may let it go', async () => {
    const mine = plan();
    const hers = { ...mine, feedId: randomUUID(), title: 'Budget, hers' };
    const his = { ...mine, feedId: randomUUID(), title: 'Budget, his' };
    for (const data of [mine, hers, his]) await told(data);
    expect([await find(mine), await find(hers), await find(his)]).toMatchObject([
      { title: 'Budget' },
      undefined,
      undefined,
    ]);
    const id = await idOf(mine);
    await cancelled(mine, 2);
    expect(await find(hers)).toMatchObject({ title: 'Budget, hers' });
    const hersId = await idOf(hers);
    await told({ ...mine, revision: 3 });
    const meetings = await Promise.all([begin(id), begin(hersId)]);
    expect(new Set(meetings.map((meeting) => meeting.id)).size).toBe(1);
    const late = { ...mine, feedId: randomUUID() };
    for (const data of [hers, his, late]) {
      await told({ ...data, revision: 4 });
      expect(await find(data)).toBeUndefined();
    }
  });

  it('is listed of a feed that follows it, where another knows only a time that has passed', async () => {
    const stale = plan({ startsAt: inHours(-2), endsAt: inHours(-1) });
    const moved = { ...plan(), key: stale.key };
    for (const data of [stale, moved]) await told(data);
    expect([await find(stale), await find(moved)]).toMatchObject([undefined, { title: 'Budget' }]);
    expect(await begin(await idOf(moved))).toMatchObject({ title: 'Budget', status: 'live' });
  });

  it.each([
    ['cancelled', (data: CalendarPlanned) => cancelled(data, 2)],
    ['over', (data: CalendarPlanned) => told({ ...data, revision: 2, endsAt: inHours(-1) })],
  ])('cannot be begun once it is %s', async (_, become) => {
    const data = plan();
    await told(data);
    const id = await idOf(data);
    await become(data);
    const path = { params: { path: { id } } };
    const { response } = await api().POST('/v1/planned-meetings/{id}/begin', { ...path, body: {} });
    expect(response.status).toBe(404);
    expect((await api().GET('/v1/planned-meetings/{id}', path)).response.status).toBe(404);
  });

  it('keeps no word of what was begun or cancelled, and nothing of what has been over for a day', async () => {
    const secret = `Merger ${randomUUID()}`;
    const [begun, gone, over] = [
      plan({ title: secret }),
      plan({ title: secret }),
      plan({ title: secret, endsAt: inHours(-25) }),
    ];
    for (const data of [begun, gone, over]) await told(data);
    await begin(await idOf(begun));
    await cancelled(gone, 2);
    const plans = running.app.get(PlannedMeetingsRepository, { strict: false });
    expect(await plans.removeOver()).toBe(1);
    const rows: unknown = await running.app
      .get(DataSource)
      .query('SELECT * FROM ingestion.planned_meetings');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
