import { PROBLEM_TYPE_BASE, problems } from '@parley/contracts';
import { startDoor, type DoorUnderTest } from '../../testing/door-under-test';
import { RawExchange } from '../../testing/raw-exchange';

const KEY = 'a-key-of-the-operator';
const ORIGIN = 'https://app.example.com';

const ALWAYS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
  'vary',
];

// Real: the front door, Nest, sockets on loopback. Nothing is fake.
describe('the headers of every answer', () => {
  let door: DoorUnderTest;
  beforeAll(async () => {
    door = await startDoor({
      AUTH_ENABLED: '1',
      SERVICE_API_KEY: KEY,
      CORS_ALLOW_ORIGINS: ORIGIN,
      REQUEST_TIMEOUT_SECONDS: '0.2',
    });
  });
  afterAll(() => door.close());

  const call = (path: string, init: RequestInit & { key?: string } = {}): Promise<Response> =>
    fetch(door.url + path, {
      ...init,
      headers: { 'x-api-key': init.key ?? KEY, ...(init.headers as Record<string, string>) },
    });
  const post = (body: string, type = 'application/json', path = '/v1/notes'): Promise<Response> =>
    call(path, { method: 'POST', body, headers: { 'content-type': type } });

  const answers: [number, string, () => Promise<Response>][] = [
    [200, 'success', () => call('/v1/notes/1')],
    [204, 'OPTIONS', () => call('/v1/notes', { method: 'OPTIONS' })],
    [400, 'a bad field', () => post('{"other":1}')],
    [400, 'malformed JSON', () => post('{')],
    [400, 'a path that cannot be decoded', () => call('/v1/notes/%ff')],
    [401, 'no key', () => call('/v1/notes', { key: '' })],
    [
      403,
      'a foreign origin',
      () => call('/v1/notes', { method: 'POST', headers: { origin: 'https://evil.example' } }),
    ],
    [404, 'an unknown path', () => call('/v1/nothing')],
    [405, 'an unknown method', () => call('/v1/notes', { method: 'DELETE' })],
    [413, 'a large body', () => post(JSON.stringify({ text: 'x'.repeat(1_100_000) }))],
    [415, 'another media type', () => post('x', 'text/plain')],
    [500, 'a bug', () => call('/v1/broken')],
    [504, 'too much time', () => post('{}', 'application/json', '/v1/slow')],
  ];

  it.each(answers)('are there on %i, %s', async (status, _, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    const names = [...response.headers.keys()];
    expect(names).toEqual(expect.arrayContaining(ALWAYS));
    expect(names).not.toContain('x-powered-by');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    if (status < 400) return;
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = JSON.parse(text) as Record<string, unknown>;
    expect(body.status).toBe(status);
    expect(Object.keys(problems)).toContain(String(body.type).replace(PROBLEM_TYPE_BASE, ''));
    expect(body.requestId).toBe(response.headers.get('x-request-id'));
    expect(text).not.toMatch(/SELECT|\/home|node_modules|\bat .*:\d+/);
  });

  it('are there on what HTTP cannot read at all', async () => {
    const answer = await (await RawExchange.open(door.port)).send('NONSENSE\r\n\r\n').rest();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    for (const name of ALWAYS) expect(answer.toLowerCase()).toContain(`\r\n${name}: `);
    expect(answer).toContain('problems/malformed-request');
  });

  it('say 431 to headers without end', async () => {
    const raw = await RawExchange.open(door.port);
    const answer = await raw.send(`GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`).rest();
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('problems/headers-too-large');
  });

  it('let an API answer do nothing in a browser, and let the explorer run its own files only', async () => {
    const api = await call('/v1/notes/1');
    expect(api.headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none'",
    );
    const docs = await fetch(`${door.url}/docs`);
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self';");
    const html = await docs.text();
    // Every script is a file of ours, served without a key: the policy stops none of them.
    const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/g)];
    expect(inline).toEqual([]);
    const files = [...html.matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const script = await fetch(new URL(file, `${door.url}/docs`));
      expect([file, script.status]).toEqual([file, 200]);
      expect(script.headers.get('content-type')).toContain('javascript');
      await script.arrayBuffer();
    }
  });

  it('keep a well-formed request id and replace any other', async () => {
    const id = (wanted: string): Promise<string | null> =>
      call('/v1/notes/1', { headers: { 'x-request-id': wanted } }).then((response) =>
        response.headers.get('x-request-id'),
      );
    expect(await id('Abc._-1')).toBe('Abc._-1');
    expect(await id('a b')).not.toBe('a b');
    expect(await id('x'.repeat(129))).toHaveLength(36);
  });

  it('let a browser ask before it calls with a key', async () => {
    const response = await fetch(`${door.url}/v1/notes`, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(
      /authorization.*content-type.*idempotency-key/,
    );
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
    const answer = await call('/v1/notes/1', { headers: { origin: ORIGIN } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('access-control-expose-headers')?.toLowerCase()).toMatch(
      /x-request-id.*retry-after.*ratelimit.*idempotent-replayed/,
    );
  });

  it('say nothing to pages of other origins, and stop what they would change', async () => {
    const preflight = await fetch(`${door.url}/v1/notes`, {
      method: 'OPTIONS',
      headers: { origin: `${ORIGIN}.evil.example`, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    const answer = await call('/v1/notes/1', { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(200);
    for (const response of [preflight, answer]) {
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
    }
  });

  it('let the explorer, a page of our own, call', async () => {
    const response = await call('/v1/notes', { method: 'POST', headers: { origin: door.url } });
    expect(response.status).toBe(200);
  });

  it('name what a path takes when the method is wrong', async () => {
    const response = await call('/v1/notes', { method: 'PATCH' });
    expect(response.headers.get('allow')?.split(', ').sort()).toEqual(
      ['GET', 'HEAD', 'OPTIONS', 'POST'].sort(),
    );
    expect((await call('/v1/notes', { method: 'HEAD' })).status).toBe(200);
    expect((await call('/v1/meetings/1/events', { method: 'HEAD' })).status).toBe(405);
  });
});
