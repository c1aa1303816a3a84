import { RunningAccess } from '../testing/running-access';
import type { IssuedKey } from './key.dto';

// Real: the service over HTTP with auth off, PostgreSQL (embedded), the in-memory bus.
describe('API keys without auth', () => {
  let access: RunningAccess;
  beforeAll(async () => {
    access = await RunningAccess.start({ AUTH_ENABLED: '0' });
  });
  afterAll(() => access.close());

  it('are needed by nobody, and who shows one is its holder all the same', async () => {
    expect((await access.ask('GET', '/v1/whoami', { key: null })).body).toEqual({
      workspaceId: 'default',
      scopes: ['read', 'capture', 'propose', 'approve', 'admin'],
      name: 'operator',
      authRequired: false,
    });
    const body = { id: 'acme', name: 'Acme' };
    expect((await access.ask('POST', '/v1/workspaces', { key: null, body })).status).toBe(201);
    const { secret, id } = (
      await access.ask<IssuedKey>('POST', '/v1/keys', {
        key: null,
        body: { name: 'Ann', scopes: ['read'], workspaceId: 'acme' },
      })
    ).body;
    expect((await access.ask('GET', '/v1/whoami', { key: secret })).body).toMatchObject({
      workspaceId: 'acme',
      name: 'Ann',
    });
    const headers = { 'x-workspace-id': 'acme' };
    await access.ask('DELETE', `/v1/keys/${id}`, { headers });
    expect((await access.ask('GET', '/v1/whoami', { key: secret })).status).toBe(401);
  });
});
