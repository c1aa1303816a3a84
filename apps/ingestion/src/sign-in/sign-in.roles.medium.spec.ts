import { KeySync } from '@parley/service';
import { Client } from 'pg';
import { SignInKeys } from '../keys/sign-in-keys.service';
import { RunningSignIn, type Problem } from '../testing/running-sign-in';

const typeOf = ({ type }: Problem): string => type.replace('https://parley.dev/problems/', '');

// Real: the service over HTTP with auth on, PostgreSQL (embedded), a certified OpenID provider that knows a public client
// and says all in the ID token.
describe('signing in with a public client, by roles', () => {
  let running: RunningSignIn;
  beforeAll(async () => {
    const settings = {
      OIDC_ACCESS: 'parley-user=default:read; *=default:capture',
      OIDC_GROUPS_CLAIM: 'realm_access.roles',
    };
    running = await RunningSignIn.start(settings, { clientSecret: null, inIdToken: true });
    await running.provider.knows({
      ann: {
        email: 'ann@example.org',
        email_verified: true,
        realm_access: { roles: ['parley-user'] },
      },
    });
  });
  afterAll(() => running.close());

  it('needs no secret, and asks no more of the provider than its token says', async () => {
    const { body } = await running.signIn('ann');
    expect(body).toMatchObject({ name: 'ann@example.org', scopes: ['read', 'capture'] });
    expect(await running.provider.asked()).not.toHaveProperty('/me');
  });

  it('lasts until its key ends, which is then forgotten', async () => {
    const { secret } = (await running.signIn('ann')).body;
    const status = async (): Promise<number> =>
      (await running.access.ask('GET', '/v1/whoami', { key: secret })).status;
    expect(await status()).toBe(200);
    const client = new Client(running.access.database.url);
    await client.connect();
    await client.query(
      `UPDATE ingestion.api_keys SET expires_at = now() - interval '1 second' WHERE signed_in`,
    );
    const { app } = running.access.service;
    await app.get(KeySync).refresh();
    expect(await status()).toBe(401);
    await app.get(SignInKeys).forgetOver();
    const { rows } = await client.query('SELECT name FROM ingestion.api_keys');
    await client.end();
    expect(rows).toEqual([]);
  });

  it('is refused while a key of before has the name of the person', async () => {
    const client = new Client(running.access.database.url);
    await client.connect();
    await client.query(
      `INSERT INTO ingestion.api_keys (id, workspace_id, name, scopes, hash, created_by, created_at)
       VALUES (gen_random_uuid(), 'default', 'Ann@example.org', '["read"]', repeat('0', 64), 'operator', now())`,
    );
    const refused = await running.signIn<Problem>('ann');
    expect([refused.status, typeOf(refused.body)]).toEqual([409, 'conflict']);
    await client.query(`UPDATE ingestion.api_keys SET revoked_at = now() WHERE NOT signed_in`);
    await client.end();
    expect((await running.signIn('ann')).status).toBe(201);
  });

  it('is refused when two thousand are signed in already', async () => {
    const client = new Client(running.access.database.url);
    await client.connect();
    await client.query(
      `INSERT INTO ingestion.api_keys
         (id, workspace_id, name, scopes, hash, created_by, created_at, expires_at, signed_in)
       SELECT gen_random_uuid(), 'default', 'p' || n || '@example.com', '["read"]', lpad(n::text, 64, '0'),
         '-', now(), now() + interval '1 hour', true FROM generate_series(1, 2000) n`,
    );
    const refused = await running.signIn<Problem>('ann');
    expect([refused.status, typeOf(refused.body)]).toEqual([503, 'at-capacity']);
    await client.query(`DELETE FROM ingestion.api_keys WHERE name LIKE 'p%'`);
    await client.end();
    expect((await running.signIn('ann')).status).toBe(201);
  });

  it('does not count against the keys that people make', async () => {
    const body = { name: 'Wall', scopes: ['read'] };
    expect((await running.access.ask('POST', '/v1/keys', { body })).status).toBe(201);
    expect((await running.signIn('ann')).status).toBe(201);
  });
});
