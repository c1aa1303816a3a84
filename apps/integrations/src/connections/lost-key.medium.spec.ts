import { FakeNotion } from '@parley/testing';
import { nativeRequire } from '../testing/native-require';
import { RunningIntegrations } from '../testing/running-integrations';
import type { ConnectionTest } from './connection-test.view';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, its database, HTTP. Fake: Notion, on loopback.
describe('a connection whose secrets no key opens any more', () => {
  const notion = new FakeNotion();
  let parley: RunningIntegrations;
  let id: string;

  beforeAll(async () => {
    await notion.start();
    parley = await RunningIntegrations.start({ NOTION_API_URL: notion.url });
    const { token, dataSource } = notion;
    id = await parley.connect('notion', { token, dataSource });
    await parley.sql(`UPDATE integrations.connections SET key_id = 'lost' WHERE id = $1`, [id]);
  });
  afterAll(async () => {
    await parley.stop();
    await notion.stop();
  });

  it('is told not to work, and why', async () => {
    const path = `/v1/connections/${id}/test`;
    const { status, body } = await parley.call<ConnectionTest>('POST', path);
    expect(status).toBe(200);
    expect(body.works).toBe(false);
    expect(body.reason).toMatch(/CONNECTIONS_KEY/);
  });

  it('is not read, and the audit log does not say that it was', async () => {
    const path = `/v1/connections/${id}/tools/notion.page.search`;
    const question = { arguments: { query: 'budget' } };
    const { status, body } = await parley.call<{ type: string }>('POST', path, question);
    expect({ status, type: body.type }).toEqual({
      status: 409,
      type: 'https://parley.dev/problems/conflict',
    });
    const told = await parley.sql(
      `SELECT 1 FROM integrations.outbox WHERE envelope->'data'->>'action' = 'connection.read'`,
    );
    expect(told).toEqual([]);
    expect(notion.calls).toEqual([]);
  });

  it('is listed, and can be removed', async () => {
    const path = `/v1/connections/${id}`;
    expect((await parley.call('GET', path)).status).toBe(200);
    expect((await parley.call('DELETE', path)).status).toBe(204);
  });
});
