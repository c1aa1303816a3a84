import { hash } from 'node:crypto';
import { keyIdIn, type AuditEntry } from '@parley/contracts';
import { signInAtProvider } from '@parley/testing';
import { Client } from 'pg';
import type { KeyView, Whoami } from '../keys/key.dto';
import { RunningSignIn, type Problem } from '../testing/running-sign-in';
import type { CompletedSignIn, SignInOptions } from './sign-in.dto';

const ACCESS =
  'staff=acme:read+capture; admins=acme:admin; lost=nowhere:read; email:@example.net=default:read';

// Real: the service over HTTP with auth on, PostgreSQL (embedded), the in-memory bus, and a certified OpenID provider.
// Fake: the person's browser, which is a cookie jar here; the page's tests have a real one.
describe('signing in through an OpenID provider', () => {
  let running: RunningSignIn;
  beforeAll(async () => {
    running = await RunningSignIn.start({ OIDC_ACCESS: ACCESS });
    await running.access.ask('POST', '/v1/workspaces', { body: { id: 'acme', name: 'Acme' } });
    await running.provider.knows({
      ann: { email: 'Ann@Example.org', email_verified: true, groups: ['staff'] },
      bo: { email: 'bo@example.org', email_verified: true, groups: ['staff', 'admins'] },
      cy: { email: 'ann@example.org', email_verified: false, groups: ['staff'] },
      di: { email: 'di@example.net', email_verified: true },
      ed: { email: 'ed@example.net', email_verified: false },
      flo: {
        email: 'flo@example.org',
        email_verified: true,
        groups: ['guests', '*', 'email:@example.net'],
      },
      gus: { email: 'gus@example.org', email_verified: true, groups: ['lost'] },
      hal: { email: 'hal@example.org', email_verified: true, groups: ['staff'] },
    });
  });
  afterAll(() => running.close());

  const whoami = async (key: string): Promise<[number, Partial<Whoami>]> => {
    const { status, body } = await running.access.ask<Whoami>('GET', '/v1/whoami', { key });
    return [status, body];
  };
  const keysIn = async (workspaceId: string): Promise<KeyView[]> => {
    const headers = { 'x-workspace-id': workspaceId };
    const path = '/v1/keys?limit=100';
    return (await running.access.ask<{ items: KeyView[] }>('GET', path, { headers })).body.items;
  };
  const typeOf = (body: Problem): string => body.type.replace('https://parley.dev/problems/', '');
  const refused = async (who: string): Promise<[number, string]> => {
    const { status, body } = await running.signIn<Problem>(who);
    return [status, typeOf(body)];
  };

  it('is offered by the name that the operator gave it', async () => {
    const options = await running.access.ask<SignInOptions>('GET', '/v1/sign-in', { key: null });
    expect([options.status, options.body]).toEqual([
      200,
      {
        provider: {
          name: 'Example ID',
          callbackUrl: 'https://parley.example.com/sign-in/openid/callback',
        },
      },
    ]);
  });

  it('sends the browser to the provider with all that an answer is checked by, and asks for no Host', async () => {
    const { status, body } = await running.begin();
    expect(status).toBe(201);
    const url = new URL(body.url);
    expect(url.origin).toBe(running.provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'parley',
      response_type: 'code',
      redirect_uri: 'https://parley.example.com/sign-in/openid/callback',
      scope: 'openid profile email',
      state: body.state,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
    expect(body.url).not.toContain(body.attempt);
  });

  it('gives a key for twelve hours, in the person’s own name, to what their groups open', async () => {
    const { status, body } = await running.signIn('ann');
    expect([status, body]).toEqual([
      201,
      {
        secret: expect.stringMatching(/^parley_/) as string,
        name: 'ann@example.org',
        workspaceId: 'acme',
        scopes: ['read', 'capture'],
        expiresAt: expect.any(String) as string,
      },
    ]);
    const lifeMs = Date.parse(body.expiresAt) - Date.now();
    expect(lifeMs).toBeGreaterThan(11.9 * 3_600_000);
    expect(lifeMs).toBeLessThanOrEqual(12 * 3_600_000);
    expect(await whoami(body.secret)).toEqual([
      200,
      {
        workspaceId: 'acme',
        scopes: ['read', 'capture'],
        name: 'ann@example.org',
        authRequired: true,
      },
    ]);
    expect((await running.access.ask('GET', '/v1/keys', { key: body.secret })).status).toBe(403);
  });

  it('adds what their other groups allow', async () => {
    const { body } = await running.signIn('bo');
    expect(body).toMatchObject({ name: 'bo@example.org', scopes: ['read', 'capture', 'admin'] });
  });

  it('keeps nothing of the tokens, and the hash alone of the key', async () => {
    const { body } = await running.signIn('ann');
    const client = new Client(running.access.database.url);
    await client.connect();
    const { rows } = await client.query('SELECT * FROM ingestion.api_keys WHERE hash = $1', [
      hash('sha256', body.secret),
    ]);
    const { rows: told } = await client.query('SELECT * FROM ingestion.audit_entries');
    await client.end();
    expect(rows).toMatchObject([{ name: 'ann@example.org', signed_in: true }]);
    expect(JSON.stringify([rows, told])).not.toMatch(new RegExp(`eyJ|${body.secret}`));
  });

  it('does not take an address that was not verified for who somebody is, nor for what opens', async () => {
    const cy = await running.signIn('cy');
    expect(cy.body.name).toBe(`subject cy @ ${new URL(running.provider.issuer).host}`);
    expect(await refused('ed')).toEqual([403, 'sign-in-not-allowed']);
    expect((await running.signIn('di')).body).toMatchObject({
      name: 'di@example.net',
      workspaceId: 'default',
      scopes: ['read'],
    });
  });

  it('lets nobody in whom no rule names, whatever they call their groups', async () => {
    expect(await refused('flo')).toEqual([403, 'sign-in-not-allowed']);
  });

  it('says when the workspace is not there into which a rule lets them', async () => {
    expect(await refused('gus')).toEqual([404, 'workspace-not-found']);
  });

  it('says when the person, or the provider for them, did not go on', async () => {
    expect(await refused('nobody')).toEqual([403, 'sign-in-denied']);
  });

  describe('is over', () => {
    const over = async (answering: Promise<{ status: number; body: Problem }>): Promise<void> => {
      const { status, body } = await answering;
      expect([status, typeOf(body)]).toEqual([410, 'sign-in-over']);
    };

    it('once it was finished: an answer is good once', async () => {
      const { attempt, url } = (await running.begin()).body;
      const answer = await signInAtProvider(url, 'ann');
      expect((await running.complete(attempt, answer)).status).toBe(201);
      await over(running.complete<Problem>(attempt, answer));
    });

    it('when the answer is to what another browser began', async () => {
      const [mine, theirs] = [(await running.begin()).body, (await running.begin()).body];
      const answer = await signInAtProvider(theirs.url, 'ann');
      await over(running.complete<Problem>(mine.attempt, answer));
      // And it was used by that.
      await over(running.complete<Problem>(mine.attempt, await signInAtProvider(mine.url, 'ann')));
    });

    it('when nobody began it here', async () => {
      await over(running.complete<Problem>('x'.repeat(43), '?code=made-up&state=made-up'));
    });

    it('when its code was used elsewhere before, or is made up', async () => {
      const { attempt, url, state } = (await running.begin()).body;
      const real = new URLSearchParams(await signInAtProvider(url, 'ann'));
      const answer = new URLSearchParams({ code: 'made-up', state, iss: real.get('iss') ?? '' });
      await over(running.complete<Problem>(attempt, answer.toString()));
    });
  });

  describe('is not taken from a provider', () => {
    afterEach(() => running.provider.breaks(null));

    it('that is another than the one it was sent to (iss)', async () => {
      const { attempt, url } = (await running.begin()).body;
      const answer = new URLSearchParams(await signInAtProvider(url, 'ann'));
      answer.set('iss', 'https://evil.example.com');
      const { status, body } = await running.complete<Problem>(attempt, answer.toString());
      expect([status, typeOf(body)]).toEqual([502, 'sign-in-failed']);
    });

    it.each([
      ['for somebody else (aud)', { aud: 'another-client' }],
      ['by another issuer', { iss: 'https://evil.example.com' }],
      ['for another attempt (nonce)', { nonce: 'another' }],
    ])('whose token is made out %s', async (_, claims) => {
      await running.provider.breaks({ path: '/token', kind: 'signed', claims });
      expect(await refused('ann')).toEqual([502, 'sign-in-failed']);
    });

    it('whose token somebody changed on the way', async () => {
      const claims = { groups: ['admins'] };
      await running.provider.breaks({ path: '/token', kind: 'tampered', claims });
      expect(await refused('ann')).toEqual([502, 'sign-in-failed']);
    });

    it('whose token is over by the clock here, beyond what clocks may differ', async () => {
      const seconds = Math.floor(Date.now() / 1_000);
      const exp = seconds - 30;
      await running.provider.breaks({ path: '/token', kind: 'signed', claims: { exp } });
      expect((await running.signIn('ann')).status).toBe(201);
      await running.provider.breaks({ path: '/token', kind: 'signed', claims: { exp: exp - 60 } });
      expect(await refused('ann')).toEqual([502, 'sign-in-clock']);
    });

    it('that speaks in pages', async () => {
      await running.provider.breaks({ path: '/token', kind: 'page' });
      expect(await refused('ann')).toEqual([502, 'sign-in-failed']);
    });
  });

  it.each([
    ['no body', {}],
    ['what is no attempt', { attempt: 'short', answer: '?code=1' }],
    ['an endless answer', { attempt: 'x'.repeat(43), answer: 'x'.repeat(9_000) }],
    ['more than it takes', { attempt: 'x'.repeat(43), answer: '?', workspaceId: 'acme' }],
  ])('refuses %s', async (_, body) => {
    const answer = await running.access.ask('POST', '/v1/sign-in/complete', { key: null, body });
    expect(answer.status).toBe(400);
  });

  describe('leaves a key', () => {
    it('on each device, and signing out on one ends that one', async () => {
      const desk = (await running.signIn('hal')).body.secret;
      const phone = (await running.signIn('hal')).body.secret;
      const mine = (await keysIn('acme')).filter(({ name }) => name === 'hal@example.org');
      expect(mine.map(({ signedIn, createdBy }) => [signedIn, createdBy])).toEqual([
        [true, 'hal@example.org'],
        [true, 'hal@example.org'],
      ]);
      const out = await running.access.ask('DELETE', '/v1/sign-in', { key: phone });
      expect(out.status).toBe(204);
      expect([(await whoami(desk))[0], (await whoami(phone))[0]]).toEqual([200, 401]);
    });

    it('on ten devices at most: one more ends the oldest', async () => {
      const signed: CompletedSignIn[] = [];
      for (let device = 0; device < 11; device += 1) signed.push((await running.signIn('di')).body);
      const [first, second] = signed.map(({ secret }) => secret);
      expect([(await whoami(first ?? ''))[0], (await whoami(second ?? ''))[0]]).toEqual([401, 200]);
      const theirs = (await keysIn('default')).filter(({ name }) => name === 'di@example.net');
      expect(theirs).toHaveLength(10);
    });

    it('that an administrator can take away', async () => {
      const { secret } = (await running.signIn('ann')).body;
      const [newest] = await keysIn('acme');
      const headers = { 'x-workspace-id': 'acme' };
      const path = `/v1/keys/${newest?.id ?? ''}`;
      expect((await running.access.ask('DELETE', path, { headers })).status).toBe(204);
      expect((await whoami(secret))[0]).toBe(401);
    });

    it('whose name nobody else can have', async () => {
      for (const name of ['ann@example.org', 'Ann＠Example.org', 'subject cy @ localhost']) {
        const body = { name, scopes: ['read'], workspaceId: 'acme' };
        expect((await running.access.ask('POST', '/v1/keys', { body })).status).toBe(400);
      }
    });

    it('and signing out with a key that a person made ends nothing', async () => {
      const body = { name: 'Wall', scopes: ['read'], workspaceId: 'acme' };
      const { secret } = (
        await running.access.ask<{ secret: string }>('POST', '/v1/keys', { body })
      ).body;
      expect((await running.access.ask('DELETE', '/v1/sign-in', { key: secret })).status).toBe(204);
      expect((await whoami(secret))[0]).toBe(200);
      expect((await running.access.ask('DELETE', '/v1/sign-in', { key: null })).status).toBe(401);
    });
  });

  it('stands in the audit log, by the person themselves', async () => {
    const { secret } = (await running.signIn('bo')).body;
    await running.access.ask('DELETE', '/v1/sign-in', { key: secret });
    const { body: reader } = await running.signIn('bo');
    const entries = async () => {
      const log = await running.access.ask<{ items: AuditEntry[] }>('GET', '/v1/audit?limit=20', {
        key: reader.secret,
      });
      return log.body.items.filter(({ actor }) => actor.name === 'bo@example.org');
    };
    // The relay writes behind the answer.
    let theirs = await entries();
    while (theirs[0]?.subjectId !== keyIdIn(reader.secret)) theirs = await entries();
    expect(theirs.slice(0, 3).map(({ action }) => action)).toEqual([
      'sign-in.completed',
      'sign-in.ended',
      'sign-in.completed',
    ]);
  });
});
