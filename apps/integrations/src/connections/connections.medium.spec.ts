import { statSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@parley/contracts';
import type { Page } from '@parley/service';
import { RunningIntegrations } from '../testing/running-integrations';
import type { ConnectionView } from './connection.view';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

interface Problem {
  type: string;
  errors?: string[];
}

// Real: the whole service, embedded Postgres. No connection is used here.
describe('connections', () => {
  let parley: RunningIntegrations;
  beforeAll(async () => {
    parley = await RunningIntegrations.start();
  });
  afterAll(() => parley.stop());

  const create = <T = ConnectionView>(provider: string, settings: object, more: object = {}) =>
    parley.call<T>('POST', '/v1/connections', {
      provider,
      name: `connection ${newId()}`,
      settings,
      ...more,
    });
  const list = async () =>
    (await parley.call<Page<ConnectionView>>('GET', '/v1/connections')).body.items;

  it('have one default: the first, until another is made it', async () => {
    const first = (await create('file', {})).body;
    const second = (await create('file', {})).body;
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    const third = (await create('file', {}, { isDefault: true })).body;
    const defaults = (await list()).filter(({ isDefault }) => isDefault);
    expect(defaults.map(({ id }) => id)).toEqual([third.id]);
  });

  it('have one default, too, when several are the first at once', async () => {
    for (const { id } of await list()) await parley.call('DELETE', `/v1/connections/${id}`);
    const made = await Promise.all(Array.from({ length: 8 }, () => create('file', {})));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    expect((await list()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  it('never show a secret, and do not store it in clear', async () => {
    const { status, body } = await create('webhook', { url: 'https://1.1.1.1/hook', secret });
    expect(status).toBe(201);
    expect(body).toMatchObject({ provider: 'webhook', settings: { url: 'https://1.1.1.1/hook' } });
    expect(JSON.stringify([body, await list()])).not.toContain(secret);
    const rows = await parley.sql(`SELECT * FROM integrations.connections WHERE id = $1`, [
      body.id,
    ]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
  });

  it('say what can be done with them', async () => {
    const { body } = await create('file', {});
    expect(body.tools).toContainEqual(
      expect.objectContaining({ name: 'file.append', class: 'reconcilable' }),
    );
  });

  it('are encrypted with a key that only this user of the machine can read', () => {
    const { mode } = statSync(join(parley.dataDir, 'secrets', 'connections_key'));
    expect(mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a private address', 'http://10.0.0.1/'],
    ['this machine', 'http://localhost:5432/'],
    ['an address with a password in it', 'https://a:b@example.com/'],
    ['a file', 'file:///etc/passwd'],
  ])('are refused when they lead to %s', async (_what, url) => {
    const { status, body } = await create<Problem>('webhook', { url, secret });
    expect({ status, type: body.type }).toEqual({
      status: 422,
      type: 'https://parley.dev/problems/destination-refused',
    });
  });

  it.each([
    [
      'jira',
      { site: 'https://10.0.0.1', email: 'ana@example.org', token: 'fake-token', project: 'OPS' },
    ],
    [
      'jira',
      { site: 'https://[::1]', email: 'ana@example.org', token: 'fake-token', project: 'OPS' },
    ],
    ['smtp', { host: '169.254.169.254', port: 25, security: 'none', from: 'ana@example.org' }],
    ['smtp', { host: 'localhost', port: 25, security: 'none', from: 'ana@example.org' }],
  ])('are refused of %s, too, when it is at %j', async (provider, settings) => {
    const { status, body } = await create<Problem>(provider, settings);
    expect({ status, type: body.type }).toEqual({
      status: 422,
      type: 'https://parley.dev/problems/destination-refused',
    });
  });

  it('name the wrong settings and never repeat them', async () => {
    const settings = { url: 'https://1.1.1.1/', secret: 'my-own-password' };
    const { status, body } = await create<Problem>('webhook', settings);
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.stringContaining('settings.secret')]);
    expect(JSON.stringify(body)).not.toContain('my-own-password');
  });

  it('need a provider that there is', async () => {
    expect((await create('carrier-pigeon', {})).status).toBe(400);
  });

  it('have names of their own', async () => {
    const name = `taken ${newId()}`;
    expect((await create('file', {}, { name })).status).toBe(201);
    expect((await create('file', {}, { name })).status).toBe(409);
  });

  it('are gone once deleted', async () => {
    const { id } = (await create('file', {})).body;
    expect((await parley.call('DELETE', `/v1/connections/${id}`)).status).toBe(204);
    expect((await parley.call('DELETE', `/v1/connections/${id}`)).status).toBe(404);
    expect((await list()).map((connection) => connection.id)).not.toContain(id);
  });

  it('are of the providers that the service lists, with the settings each asks for', async () => {
    const { body } = await parley.call<Page<{ id: string; settings: object[] }>>(
      'GET',
      '/v1/providers',
    );
    expect(body.items.map(({ id }) => id)).toEqual([
      'webhook',
      'slack',
      'gmail',
      'calendar',
      'notion',
      'jira',
      'smtp',
      'file',
    ]);
    expect(body.items[0]?.settings).toContainEqual(
      expect.objectContaining({ name: 'secret', required: true, secret: true }),
    );
  });
});
