import { once } from 'node:events';
import { hash } from 'node:crypto';
import { keyIdIn } from '@parley/contracts';
import { Client } from 'pg';
import { WebSocket } from 'ws';
import { RunningAccess, type Answer } from '../testing/running-access';
import type { IssuedKey, KeyView, Whoami } from './key.dto';

interface Problem {
  type: string;
  detail: string;
}

// Real: the service over HTTP and WebSockets with auth on, PostgreSQL (embedded), the in-memory bus.
describe('API keys', () => {
  let access: RunningAccess;
  beforeAll(async () => {
    access = await RunningAccess.start();
    await access.ask('POST', '/v1/workspaces', { body: { id: 'acme', name: 'Acme' } });
  });
  afterAll(() => access.close());

  let made = 0;
  const issue = (body: object, key?: string): Promise<Answer<IssuedKey>> =>
    access.ask('POST', '/v1/keys', {
      body: { name: `key ${++made}`, scopes: ['read'], workspaceId: 'acme', ...body },
      ...(key ? { key } : {}),
    });
  const whoami = (key: string | null): Promise<Answer<Whoami>> =>
    access.ask('GET', '/v1/whoami', { key });
  const meeting = (key?: string, headers = {}): Promise<Answer<{ id: string }>> =>
    access.ask('POST', '/v1/meetings', {
      body: { title: 'Review' },
      headers,
      ...(key ? { key } : {}),
    });

  it('let their holders in at once, into their workspace, and say who they are', async () => {
    const { status, body } = await issue({ name: 'Ann', scopes: ['read', 'approve'] });
    expect(status).toBe(201);
    expect(keyIdIn(body.secret)).toBe(body.id);
    expect(body).toMatchObject({ workspaceId: 'acme', createdBy: 'operator', expiresAt: null });
    expect((await whoami(body.secret)).body).toEqual({
      workspaceId: 'acme',
      scopes: ['read', 'approve'],
      name: 'Ann',
      authRequired: true,
    });
    expect((await whoami(null)).status).toBe(401);
  });

  it('are the only way in where no identity provider is set', async () => {
    const options = await access.ask('GET', '/v1/sign-in', { key: null });
    expect([options.status, options.body]).toEqual([200, { provider: null }]);
    const begun = await access.ask<Problem>('POST', '/v1/sign-in/begin', { key: null });
    expect([begun.status, begun.body.type]).toEqual([
      404,
      'https://parley.dev/problems/sign-in-not-offered',
    ]);
  });

  it('are told once, and only their hash is kept', async () => {
    const { secret, id } = (await issue({})).body;
    const listed = await access.ask<{ items: KeyView[] }>('GET', '/v1/keys', {
      headers: { 'x-workspace-id': 'acme' },
    });
    expect(listed.body.items.map((key) => key.id)).toContain(id);
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const client = new Client(access.database.url);
    await client.connect();
    const { rows } = await client.query('SELECT * FROM ingestion.api_keys WHERE id = $1', [id]);
    await client.end();
    expect(rows).toMatchObject([{ hash: hash('sha256', secret) }]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('are not told again under the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'make-one' };
    const body = { name: 'once', scopes: ['read'], workspaceId: 'acme' };
    const ask = () => access.ask<IssuedKey>('POST', '/v1/keys', { body, headers });
    const first = await ask();
    const again = await ask();
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual({ id: first.body.id });
  });

  it('allow what their scopes name, and the refusal says which one is missing', async () => {
    const { secret: reader } = (await issue({ scopes: ['read'] })).body;
    expect((await access.ask('GET', '/v1/meetings', { key: reader })).status).toBe(200);
    const refused = await access.ask<Problem>('POST', '/v1/meetings', {
      key: reader,
      body: { title: 'Review' },
    });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      type: 'https://parley.dev/problems/forbidden',
      detail: 'This API key lacks the scope "capture".',
    });
    const { secret: capturer } = (await issue({ scopes: ['capture'] })).body;
    expect((await meeting(capturer)).status).toBe(201);
    expect((await access.ask('GET', '/v1/meetings', { key: capturer })).status).toBe(403);
    const { secret: admin } = (await issue({ scopes: ['admin'] })).body;
    expect((await access.ask('GET', '/v1/keys', { key: admin })).status).toBe(200);
    for (const path of ['/v1/workspaces', '/v1/keys/announced']) {
      expect((await access.ask('GET', path, { key: admin })).status).toBe(403);
    }
  });

  it('stay in their workspace, whatever X-Workspace-Id says', async () => {
    const { secret } = (await issue({ scopes: ['read', 'capture'] })).body;
    const mine = (await meeting(secret, { 'x-workspace-id': 'default' })).body.id;
    const others = (await meeting()).body.id;
    const status = async (id: string): Promise<number> =>
      (await access.ask('GET', `/v1/meetings/${id}`, { key: secret })).status;
    expect([await status(mine), await status(others)]).toEqual([200, 404]);
  });

  it('give no more than their own scopes and workspace', async () => {
    const { secret } = (await issue({ scopes: ['admin', 'read'] })).body;
    expect((await issue({ scopes: ['read'], workspaceId: undefined }, secret)).body).toMatchObject({
      workspaceId: 'acme',
    });
    expect((await issue({ scopes: ['read', 'approve'] }, secret)).status).toBe(403);
    expect((await issue({ scopes: ['read'], workspaceId: 'default' }, secret)).status).toBe(403);
  });

  it.each([
    ['no scope', { scopes: [] }, 400],
    ['an unknown scope', { scopes: ['everything'] }, 400],
    ['the same scope twice', { scopes: ['read', 'read'] }, 400],
    ['an expiry that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, 400],
    ["the operator's name", { name: 'Operator' }, 400],
    ['a workspace that there is not', { workspaceId: 'nowhere' }, 404],
  ])('are not made with %s', async (_, body, status) => {
    expect((await issue(body)).status).toBe(status);
  });

  it('are told to the other services, all or those that they ask for', async () => {
    const [one, other] = [(await issue({})).body.id, (await issue({})).body.id];
    const told = async (query: string): Promise<string[]> => {
      const path = `/v1/keys/announced?limit=200${query}`;
      return (await access.ask<{ items: KeyView[] }>('GET', path)).body.items.map(({ id }) => id);
    };
    expect(await told('')).toEqual(expect.arrayContaining([one, other]));
    const nobodys = 'ffffffff-0000-0000-0000-ffffffffffff';
    expect(await told(`&ids=${other},${nobodys}`)).toEqual([other]);
    expect(await told(`&ids=${one},${other}&cursor=${one}`)).toEqual([other]);
    for (const ids of ['', 'one', `${one},`, Array(51).fill(one).join()]) {
      const path = `/v1/keys/announced?ids=${ids}`;
      expect((await access.ask('GET', path)).status).toBe(400);
    }
  });

  it('have names of their own, until they are revoked', async () => {
    const { id } = (await issue({ name: 'Wall' })).body;
    expect((await issue({ name: 'Wall' })).status).toBe(409);
    const headers = { 'x-workspace-id': 'acme' };
    expect((await access.ask('DELETE', `/v1/keys/${id}`, { headers })).status).toBe(204);
    expect((await issue({ name: 'Wall' })).status).toBe(201);
  });

  it('are refused once they are revoked, and so is what they opened', async () => {
    const { id, secret } = (await issue({ scopes: ['read', 'capture'] })).body;
    const { id: meetingId } = (await meeting(secret)).body;
    const socket = new WebSocket(
      `${access.service.url.replace('http', 'ws')}/v1/meetings/${meetingId}/events`,
      { headers: { authorization: `Bearer ${secret}` } },
    );
    await once(socket, 'open');
    const feed = await fetch(`${access.service.url}/v1/meetings/${meetingId}/events`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const reading = feed.text();
    const ticket = await access.ask<{ ticket: string }>(
      'POST',
      `/v1/meetings/${meetingId}/tickets`,
      { key: secret },
    );
    const closed = once(socket, 'close');
    const headers = { 'x-workspace-id': 'acme' };
    expect((await access.ask('DELETE', `/v1/keys/${id}`, { headers })).status).toBe(204);

    expect((await closed)[0]).toBe(1008);
    await expect(reading).rejects.toThrow();
    expect((await whoami(secret)).status).toBe(401);
    const withTicket = `/v1/meetings/${meetingId}/events?ticket=${ticket.body.ticket}`;
    expect((await access.ask('GET', withTicket, { key: null })).status).toBe(401);
    expect((await access.ask('DELETE', `/v1/keys/${id}`, { headers })).status).toBe(404);
  });

  it("are nobody's to revoke in another workspace", async () => {
    const { secret } = (await issue({ scopes: ['admin'] })).body;
    const { id } = (await issue({ workspaceId: 'default' })).body;
    expect((await access.ask('DELETE', `/v1/keys/${id}`, { key: secret })).status).toBe(404);
  });

  it('lend a ticket no more than they allow', async () => {
    const { secret } = (await issue({ scopes: ['capture'] })).body;
    const { id } = (await meeting(secret)).body;
    const { body } = await access.ask<{ ticket: string }>('POST', `/v1/meetings/${id}/tickets`, {
      key: secret,
    });
    const path = `/v1/meetings/${id}/events?ticket=${body.ticket}`;
    expect((await access.ask('GET', path, { key: null })).status).toBe(403);
  });
});
