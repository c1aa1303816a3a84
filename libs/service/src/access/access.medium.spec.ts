import { hash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, newKeySecret, SCOPES, type AnnouncedKey, type KeyId } from '@parley/contracts';
import { startDoor, type DoorUnderTest } from '../testing/door-under-test';
import { KeySync } from './key-sync';
import { Tickets } from './tickets';

const KEYS = ['the-first-of-two-keys', 'the-second-of-two-keys'] as const;

interface Who {
  caller: { id: string; kind: string };
  workspaceId: string;
}

// Real: the front door, Nest, sockets and files. Fake: the ticket office.
describe('who may come in', () => {
  let door: DoorUnderTest;
  const call = (headers: Record<string, string> = {}, path = '/v1/whoami'): Promise<Response> =>
    fetch(door.url + path, { headers });
  const who = async (headers: Record<string, string>): Promise<Who> =>
    (await (await call(headers)).json()) as Who;
  afterEach(() => door.close());

  describe('with auth', () => {
    beforeEach(async () => {
      door = await startDoor({ AUTH_ENABLED: '1', SERVICE_API_KEY: KEYS.join(', ') });
    });

    it('is who shows one of the keys, in either header', async () => {
      const [first, second] = await Promise.all([
        who({ authorization: `Bearer ${KEYS[0]}` }),
        who({ 'x-api-key': KEYS[1] }),
      ]);
      expect(first.caller).toEqual({
        id: expect.stringMatching(/^key:[0-9a-f]{12}$/) as string,
        kind: 'operator',
        name: 'operator',
        scopes: SCOPES,
      });
      expect(second.caller.id).not.toBe(first.caller.id);
      const both = await who({ authorization: `bearer  ${KEYS[0]}`, 'x-api-key': KEYS[0] });
      expect(both.caller).toEqual(first.caller);
      const token = await who({ authorization: `Token ${KEYS[0]}` });
      expect(token.caller).toEqual(first.caller);
    });

    it.each([
      ['no key', {}],
      ['a wrong key', { 'x-api-key': 'not-one-of-our-keys' }],
      ['the beginning of a key', { 'x-api-key': KEYS[0].slice(0, -1) }],
      ['both keys at once', { 'x-api-key': KEYS.join(', ') }],
      ['another scheme', { authorization: `Basic ${KEYS[0]}` }],
      ['two different keys', { authorization: `Bearer ${KEYS[0]}`, 'x-api-key': KEYS[1] }],
    ])('is not who shows %s', async (_, headers) => {
      const response = await call(headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.text()).not.toContain(KEYS[0].slice(0, -1));
    });

    it('is asked also on paths that nobody serves', async () => {
      expect((await call({}, '/v1/nothing')).status).toBe(401);
    });

    it.each(['/health', '/livez', '/readyz', '/metrics', '/docs', '/openapi.json'])(
      'is anybody at %s',
      async (path) => {
        expect((await call({}, path)).status).toBe(200);
      },
    );

    it('is anybody where a route asks for nothing, as a stranger whatever they show', async () => {
      for (const headers of [{}, { 'x-api-key': KEYS[0] }, { 'x-api-key': 'not-one-of-ours' }]) {
        const response = await call(headers, '/v1/open');
        expect(response.status).toBe(200);
        expect(await response.json()).toMatchObject({
          caller: { id: 'address:127.0.0.1', kind: 'anonymous', name: 'stranger', scopes: [] },
        });
      }
      expect((await fetch(`${door.url}/v1/open`, { method: 'POST' })).status).toBe(401);
    });

    it('is whose key was made this moment; who may not be found out now is told to come back', async () => {
      const id = newId<KeyId>();
      const secret = newKeySecret(id);
      const made: AnnouncedKey = {
        ...{ id, workspaceId: 'acme', name: 'Ann', scopes: ['read'], expiresAt: null },
        hash: hash('sha256', secret),
      };
      let answer = (): Promise<AnnouncedKey[]> => Promise.resolve([]);
      const sync = door.app.get(KeySync);
      sync.readFrom(() => answer());
      await sync.refresh();
      answer = () => Promise.resolve([made]);
      expect(await who({ 'x-api-key': secret })).toMatchObject({ workspaceId: 'acme' });
      const unknown = () => newKeySecret(newId<KeyId>());
      expect((await call({ 'x-api-key': unknown() })).status).toBe(401);
      answer = () => Promise.reject(new Error('away'));
      expect((await call({ 'x-api-key': unknown() })).status).toBe(503);
    });

    it('is not asked after once they have tried too many keys, but comes in with a known one', async () => {
      await door.close();
      const limited = { RATE_LIMIT_PER_MINUTE: '300' };
      door = await startDoor({ ...limited, AUTH_ENABLED: '1', SERVICE_API_KEY: KEYS[0] });
      let asked = 0;
      const sync = door.app.get(KeySync);
      sync.readFrom(() => {
        asked += 1;
        return Promise.resolve([]);
      });
      await sync.refresh();
      const before = asked;
      const status = async (key: string): Promise<number> =>
        (await call({ 'x-api-key': key })).status;
      const tried = [];
      for (let n = 0; n < 31; n += 1) tried.push(await status('not-one-of-our-keys'));
      expect([tried.at(29), tried.at(30)]).toEqual([401, 429]);
      expect(await status(newKeySecret(newId<KeyId>()))).toBe(429);
      expect([asked, await status(KEYS[0])]).toEqual([before, 200]);
    });

    it('names the workspace, in words that can be one', async () => {
      const key = { 'x-api-key': KEYS[0] };
      expect((await who({ ...key, 'x-workspace-id': 'acme_1' })).workspaceId).toBe('acme_1');
      expect((await who(key)).workspaceId).toBe('default');
      expect((await call({ ...key, 'x-workspace-id': 'a b' })).status).toBe(400);
    });

    it('may show a ticket in place of the key, where one counts, for what it is bound to', async () => {
      const caller = {
        id: 'key:0123456789ab',
        kind: 'anonymous' as const,
        name: 'operator',
        scopes: SCOPES,
      };
      const grants = new Map([
        ['good', { resource: 'm1', workspaceId: 'acme', caller }],
        ['other', { resource: 'm2', workspaceId: 'acme', caller }],
      ]);
      door.app.get(Tickets).open({
        redeem: (ticket) => {
          const grant = grants.get(ticket) ?? null;
          grants.delete(ticket);
          return Promise.resolve(grant);
        },
      });
      const feed = (ticket: string): Promise<Response> =>
        call({}, `/v1/meetings/m1/events?ticket=${ticket}`);
      const open = await feed('good');
      expect(open.status).toBe(200);
      const reader = (open.body as ReadableStream<Uint8Array>).getReader();
      const said = Buffer.from((await reader.read()).value ?? []).toString();
      expect(JSON.parse(said.slice('data: '.length))).toMatchObject({
        caller,
        workspaceId: 'acme',
      });
      await reader.cancel();
      for (const ticket of ['good', 'other', 'never']) {
        expect((await feed(ticket)).status).toBe(401);
      }
      expect((await call({}, '/v1/whoami?ticket=good')).status).toBe(401);
    });
  });

  describe('without auth', () => {
    it('is anybody, known by address, whatever they say of it', async () => {
      door = await startDoor();
      expect(
        await who({ 'x-forwarded-for': '203.0.113.7', 'x-workspace-id': 'acme' }),
      ).toMatchObject({
        caller: { id: 'address:127.0.0.1', kind: 'anonymous' },
        workspaceId: 'default',
      });
    });

    it('is told apart behind a trusted proxy, no further than it vouches', async () => {
      door = await startDoor({ TRUST_PROXY: '127.0.0.0/8, 10.0.0.1' });
      const forwarded = 'spoofed, 198.51.100.1, 203.0.113.7, 10.0.0.1';
      expect((await who({ 'x-forwarded-for': forwarded })).caller.id).toBe('address:203.0.113.7');
      await door.close();
      door = await startDoor({ TRUST_PROXY: '1' });
      expect((await who({ 'x-forwarded-for': forwarded })).caller.id).toBe('address:10.0.0.1');
    });
  });

  describe('with keys in a file', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'parley-keys-'));
    });
    afterEach(() => {
      delete process.env.SERVICE_API_KEY_FILE;
      rmSync(folder, { recursive: true });
    });

    it('changes with the file, while the service runs', async () => {
      const file = join(folder, 'keys');
      writeFileSync(file, `${KEYS[0]}\n`);
      process.env.SERVICE_API_KEY_FILE = file;
      door = await startDoor({ AUTH_ENABLED: '1', SERVICE_API_KEY: KEYS[0] });
      const status = async (key: string): Promise<number> =>
        (await call({ 'x-api-key': key })).status;
      expect([await status(KEYS[0]), await status(KEYS[1])]).toEqual([200, 401]);

      // Swapped whole, as Docker and Kubernetes do.
      writeFileSync(join(folder, 'next'), KEYS[1]);
      renameSync(join(folder, 'next'), file);
      while ((await status(KEYS[1])) !== 200) await new Promise((done) => setTimeout(done, 50));
      expect(await status(KEYS[0])).toBe(401);
    });
  });
});
