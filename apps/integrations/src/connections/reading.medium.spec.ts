import { FakeGoogle, FakeNotion } from '@parley/testing';
import type { Findings } from '../providers/read-tool';
import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';
import type { ConnectionView } from './connection.view';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, its database, the embedded bus, HTTP, Notion's SDK. Fake: the providers, on loopback.
describe('what a connection can be asked', () => {
  const google = new FakeGoogle();
  const notion = new FakeNotion();
  let parley: RunningIntegrations;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    await Promise.all([google.start(), notion.start()]);
    parley = await RunningIntegrations.start({
      GMAIL_API_URL: google.url,
      CALENDAR_API_URL: google.url,
      GOOGLE_OAUTH_URL: google.url,
      GOOGLE_CLIENT_ID: google.clientId,
      GOOGLE_CLIENT_SECRET: google.clientSecret,
      GMAIL_SEARCH: '1',
      NOTION_API_URL: notion.url,
    });
    const consent = { refreshToken: google.refreshToken };
    ids.gmail = await parley.connect('gmail', consent);
    ids.calendar = await parley.connect('calendar', consent);
    ids.notion = await parley.connect('notion', {
      token: notion.token,
      dataSource: notion.dataSource,
    });
    for (const [provider, tool, given] of [
      ['gmail', 'gmail.email.draft', { subject: 'The budget', body: 'Here it is.' }],
      ['gmail', 'gmail.email.draft', { subject: 'More on the budget', body: 'And here.' }],
      ['calendar', 'calendar.event.create', { title: 'Budget review', date: '2026-01-05' }],
      ['calendar', 'calendar.event.create', { title: 'Budget vote', date: '2026-01-12' }],
      ['notion', 'notion.page.create', { title: 'Decisions on the budget' }],
      ['notion', 'notion.page.create', { title: 'Questions on the budget' }],
    ] as const) {
      const event = approved(ids[provider] ?? '', { provider, tool, arguments: given });
      await parley.publish(event);
      expect(await parley.outcomeOf(event)).toMatchObject({ status: 'succeeded' });
    }
  });
  afterAll(async () => {
    await parley.stop();
    await Promise.all([google.stop(), notion.stop()]);
  });

  const ask = (provider: string, tool: string, given: object) =>
    parley.call<Findings & { type?: string; errors?: string[] }>(
      'POST',
      `/v1/connections/${ids[provider] ?? ''}/tools/${tool}`,
      { arguments: given },
    );

  const january = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  const may = { from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z' };

  const datesOfMails = () => google.mails.map(({ text }) => /^Date: (.+)\r$/m.exec(text)?.[1]);

  it.each([
    {
      ...{ provider: 'gmail', tool: 'gmail.email.search' },
      ...{ hit: { query: 'budget' }, miss: { query: 'holidays' } },
      titles: ['The budget', 'More on the budget'],
      times: datesOfMails,
    },
    {
      ...{ provider: 'calendar', tool: 'calendar.event.list', hit: january, miss: may },
      titles: ['Budget review', 'Budget vote'],
      times: () => ['2026-01-05', '2026-01-12'],
    },
    {
      ...{ provider: 'notion', tool: 'notion.page.search' },
      ...{ hit: { query: 'budget' }, miss: { query: 'pay' } },
      titles: ['Decisions on the budget', 'Questions on the budget'],
      times: () => notion.pages.map(() => notion.lastEdited),
    },
  ])(
    'of $provider by $tool is found where it is there, all or as many as are wanted',
    async ({ provider, tool, hit, miss, titles, times }) => {
      const { status, body } = await ask(provider, tool, hit);
      expect(status).toBe(200);
      expect(body.items.map(({ title }) => title)).toEqual(titles);
      expect(body.items.map(({ at }) => at)).toEqual(times());
      const fewer = (await ask(provider, tool, { ...hit, limit: 1 })).body;
      expect(fewer.items.map(({ title }) => title)).toEqual(titles.slice(0, 1));
      expect((await ask(provider, tool, miss)).body).toEqual({ items: [] });
    },
  );

  it.each(['gmail', 'calendar', 'notion'])(
    'is told with each connection of %s',
    async (provider) => {
      const path = `/v1/connections/${ids[provider] ?? ''}`;
      const { body } = await parley.call<ConnectionView>('GET', path);
      expect(body.reads).toMatchObject([{ risk: 'read', arguments: { type: 'object' } }]);
    },
  );

  it('names the arguments that do not fit, and asks nobody', async () => {
    const before = google.calls.length;
    const refused = await ask('calendar', 'calendar.event.list', { from: 'today', limit: 99 });
    expect(refused.status).toBe(400);
    expect(refused.body.errors?.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'arguments.from',
      'arguments.limit',
      'arguments.to',
    ]);
    expect(google.calls).toHaveLength(before);
  });

  it('is nothing that has an effect', async () => {
    const before = google.mails.length;
    const given = { to: ['ana@example.org'], subject: 'Hello' };
    expect((await ask('gmail', 'gmail.email.send', given)).status).toBe(404);
    expect(google.mails).toHaveLength(before);
  });

  it.each([
    [{ kind: 'status', status: 500 } as const],
    [{ kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const],
    [{ kind: 'reset' } as const],
    [{ kind: 'html' } as const],
  ])('is asked once, and what goes wrong is said: %j', async (fault) => {
    notion.failNext(fault);
    const before = notion.calls.length;
    const answer = await ask('notion', 'notion.page.search', { query: 'budget' });
    expect(answer.status).toBe(502);
    expect(answer.body.type).toMatch(/upstream-failed$/);
    expect(notion.calls.length - before).toBe(1);
  });

  it('is asked anew under the same Idempotency-Key', async () => {
    const url = `${parley.url}/v1/connections/${ids.notion ?? ''}/tools/notion.page.search`;
    const before = notion.calls.length;
    for (let time = 0; time < 2; time++) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'the-same-question' },
        body: JSON.stringify({ arguments: { query: 'budget' } }),
      });
      const { items } = (await answer.json()) as Findings;
      expect(items).toHaveLength(2);
    }
    expect(notion.calls.length - before).toBe(2);
  });

  it('is kept nowhere, and that it was asked is for the audit log', async () => {
    await ask('gmail', 'gmail.email.search', { query: 'a rare word' });
    const rows = (await parley.sql(
      `SELECT envelope->'data' AS data FROM integrations.outbox
       WHERE envelope->'data'->>'action' = 'connection.read' ORDER BY position DESC LIMIT 1`,
    )) as { data: object }[];
    expect(rows).toMatchObject([
      {
        data: { subjectId: ids.gmail, details: { provider: 'gmail', tool: 'gmail.email.search' } },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('rare');
  });
});
