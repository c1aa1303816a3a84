import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Idempotency } from '@parley/idempotency';
import { SharedRedis, whenReady } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import type Redis from 'ioredis';
import { CONTROLLERS, effects, gate } from '../testing/counted-things';
import { startTinyService, type TinyService } from '../testing/tiny-service';

// Real: HTTP, Nest, the interceptor, redis-server in the second round. Fake: who the caller is.
describe.each(['memory', 'Redis'])('a request with an Idempotency-Key (%s)', (kind) => {
  let service: TinyService;
  let redis: TestRedis | undefined;
  let key: string;

  async function start(settings: Record<string, string> = {}): Promise<TinyService> {
    const url: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    const one = await startTinyService(CONTROLLERS, {
      RATE_LIMIT_PER_MINUTE: '100000',
      ...url,
      ...settings,
    });
    const { connection } = one.app.get(SharedRedis);
    if (connection) await whenReady(connection, 5_000);
    return one;
  }

  const send = (
    path: string,
    body: unknown = { name: 'a' },
    headers: Record<string, string> = {},
    method = 'POST',
  ) =>
    fetch(service.url + path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    });
  const type = async (response: Response): Promise<string> =>
    ((await response.json()) as { type: string }).type.split('/').at(-1) ?? '';
  const replayed = (response: Response): boolean =>
    response.headers.get('idempotent-replayed') === 'true';

  beforeAll(async () => {
    redis = kind === 'Redis' ? await startRedisServer() : undefined;
    service = await start();
  });
  beforeEach(() => {
    key = randomUUID();
    effects.length = 0;
  });
  afterEach(() => {
    // A test that failed half-way may have left a handler waiting.
    gate.emit('go');
  });
  afterAll(async () => {
    await service.stop();
    await redis?.stop();
  });

  it('has one effect and one first answer, though a hundred arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('/v1/things')));
    expect(effects).toEqual(['a']);
    const first = answers.filter((answer) => answer.status === 201 && !replayed(answer));
    expect(first).toHaveLength(1);
    const body = await first[0]?.text();
    for (const answer of answers.filter((one) => one !== first[0])) {
      if (answer.status === 409) expect(await type(answer)).toBe('idempotency-in-flight');
      else
        expect([answer.status, replayed(answer), await answer.text()]).toEqual([201, true, body]);
    }
  });

  it('gets the first answer again, byte for byte', async () => {
    const first = await send('/v1/things');
    const again = await send('/v1/things');
    expect([first.status, replayed(first)]).toEqual([201, false]);
    expect([again.status, replayed(again)]).toEqual([201, true]);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(await again.text()).toBe(await first.text());
    expect(effects).toEqual(['a']);
  });

  it('is told to wait while the first one runs', async () => {
    const entered = once(gate, 'entered');
    const first = send('/v1/things/slow');
    await entered;
    const second = await send('/v1/things/slow');
    expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
    expect(await type(second)).toBe('idempotency-in-flight');
    gate.emit('go');
    expect((await first).status).toBe(201);
    expect(replayed(await send('/v1/things/slow'))).toBe(true);
  });

  it('is refused with another payload, while the first runs and after it', async () => {
    const entered = once(gate, 'entered');
    const first = send('/v1/things/slow');
    await entered;
    expect(await type(await send('/v1/things/slow', { name: 'b' }))).toBe('idempotency-key-reused');
    gate.emit('go');
    await first;
    const after = await send('/v1/things/slow', { name: 'b' });
    expect([after.status, await type(after)]).toEqual([422, 'idempotency-key-reused']);
    expect(await type(await send('/v1/things/slow?x=1'))).toBe('idempotency-key-reused');
    expect(effects).toEqual(['a']);
  });

  it("does not know another caller's key, nor its own on another route or resource", async () => {
    await send('/v1/things/1', {}, {}, 'PUT');
    expect(replayed(await send('/v1/things/1', {}, { 'x-test-caller': 'other' }, 'PUT'))).toBe(
      false,
    );
    expect(replayed(await send('/v1/things/2', {}, {}, 'PUT'))).toBe(false);
    expect(replayed(await send('/v1/things/1', {}, {}, 'DELETE'))).toBe(false);
    expect(effects).toEqual(['put 1', 'put 1', 'put 2', 'delete 1']);
    const again = await send('/v1/things/1', {}, {}, 'DELETE');
    expect([again.status, replayed(again), await again.text()]).toEqual([204, true, '']);
  });

  it.each([
    ['an invalid field', 'POST', '/v1/things', { name: 1 }],
    ['an unknown field', 'POST', '/v1/things', { name: 'a', more: 1 }],
    ['an invalid path', 'PUT', '/v1/things/x', {}],
  ])('does not burn its key on %s', async (_what, method, path, body) => {
    expect((await send(path, body, {}, method)).status).toBe(400);
    expect((await send(path, body, {}, method)).status).toBe(400);
    const mended = await send(path.replace('/x', '/7'), { name: 'a' }, {}, method);
    expect([mended.ok, replayed(mended)]).toEqual([true, false]);
  });

  it('does not burn its key on 429', async () => {
    await send('/v1/things/limited', {}, { 'x-test-caller': key, 'idempotency-key': 'other' });
    const refused = await send('/v1/things/limited', {}, { 'x-test-caller': key });
    expect(refused.status).toBe(429);
    const asOperator = { 'x-test-operator': '1', 'x-parley-service': 'agent' };
    const later = await send('/v1/things/limited', {}, { 'x-test-caller': key, ...asOperator });
    expect([later.status, replayed(later)]).toEqual([201, false]);
  });

  it.each(['broken', 'missing'])('frees its key when the handler is %s', async (path) => {
    await send(`/v1/things/${path}`, {});
    expect(replayed(await send(`/v1/things/${path}`, {}))).toBe(false);
    expect(effects).toEqual([path, path]);
  });

  it("gets the handler's own refusal again", async () => {
    const first = await send('/v1/things/decided', {});
    const again = await send('/v1/things/decided', {});
    expect([first.status, again.status, replayed(again)]).toEqual([409, 409, true]);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(await again.text()).toBe(await first.text());
    expect(effects).toEqual(['decided']);
  });

  it('gets status and id of an answer too large to keep', async () => {
    expect((await (await send('/v1/things/large')).text()).length).toBeGreaterThan(70_000);
    const again = await send('/v1/things/large');
    expect([again.status, await again.json()]).toEqual([201, { id: 'large-1' }]);
    expect(effects).toEqual(['a']);
  });

  it('gets what a handler sent by hand: status and location', async () => {
    await send('/v1/things/by-hand', {});
    const again = await send('/v1/things/by-hand', {});
    expect([again.status, again.headers.get('location'), replayed(again)]).toEqual([
      202,
      '/v1/things/1',
      true,
    ]);
    expect(effects).toEqual(['by-hand']);
  });

  it('is not kept for a stream, nor looked at on a read', async () => {
    for (const path of ['/v1/things/stream', '/v1/things/stream']) {
      expect(await (await send(path, {})).text()).toBe('data: x\n\n');
    }
    const read = () => fetch(`${service.url}/v1/things`, { headers: { 'idempotency-key': 'a b' } });
    expect([(await read()).status, (await read()).status]).toEqual([200, 200]);
    expect(effects).toEqual(['stream', 'stream', 'list', 'list']);
  });

  it.each([
    ['empty', ''],
    ['two words', 'a b'],
    ['too long', 'k'.repeat(256)],
    ['not ASCII', 'caf\u00e9'],
  ])('is refused when the key is %s', async (_what, bad) => {
    const refused = await send('/v1/things', { name: 'a' }, { 'idempotency-key': bad });
    expect([refused.status, await type(refused)]).toEqual([400, 'validation-failed']);
    expect(effects).toEqual([]);
  });

  it('compares an upload by the content of its file', async () => {
    const upload = (content: string, name = 'a.txt'): Promise<Response> => {
      const form = new FormData();
      form.set('file', new Blob([content]), name);
      return fetch(`${service.url}/v1/things/upload`, {
        method: 'POST',
        body: form,
        headers: { 'idempotency-key': key },
      });
    };
    const first = await upload('the content');
    // Another multipart boundary, the same file.
    const again = await upload('the content');
    expect([first.status, again.status, replayed(again)]).toEqual([201, 201, true]);
    expect(await again.text()).toBe(await first.text());
    expect(await type(await upload('the contents'))).toBe('idempotency-key-reused');
    expect(effects).toEqual(['upload']);
  });

  it('stays claimed after our 504 and after the client has gone, until the handler is done', async () => {
    const entered = once(gate, 'entered');
    const late = await Promise.all([
      send('/v1/things/slow', { name: 'a' }, { 'x-test-deadline-ms': '50' }),
      entered,
    ]);
    expect(late[0].status).toBe(504);
    expect((await send('/v1/things/slow')).status).toBe(409);
    gate.emit('go');
    const told = await until(
      () => send('/v1/things/slow'),
      (answer) => answer.status !== 409,
    );
    expect([told.status, replayed(told)]).toEqual([201, true]);
    expect(await told.json()).toMatchObject({ name: 'a' });

    key = randomUUID();
    const leaving = new AbortController();
    const inside = once(gate, 'entered');
    const left = fetch(`${service.url}/v1/things/slow`, {
      method: 'POST',
      body: '{"name":"b"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      signal: leaving.signal,
    });
    await inside;
    leaving.abort();
    await expect(left).rejects.toThrow();
    expect((await send('/v1/things/slow', { name: 'b' })).status).toBe(409);
    gate.emit('go');
    const back = () => send('/v1/things/slow', { name: 'b' });
    const answer = await until(back, ({ status }) => status !== 409);
    expect([answer.status, replayed(answer)]).toEqual([201, true]);
    expect(effects).toEqual(['a', 'b']);
  });

  it('loses its stored answer with its meeting', async () => {
    await send('/v1/meetings/m1/notes', {});
    await service.app.get(Idempotency).forgetMeeting('other');
    expect(replayed(await send('/v1/meetings/m1/notes', {}))).toBe(true);
    expect(await service.app.get(Idempotency).forgetMeeting('m1')).toBe(1);
    expect(replayed(await send('/v1/meetings/m1/notes', {}))).toBe(false);
  });

  if (kind === 'Redis') {
    it('is known to the other replicas', async () => {
      const first = await send('/v1/things');
      const mine = service;
      service = await start();
      const again = await send('/v1/things').finally(async () => {
        await service.stop();
        service = mine;
      });
      expect(replayed(again)).toBe(true);
      expect(await again.text()).toBe(await first.text());
    });

    it('has one effect though Redis is killed in the middle of it, and a gauge says so', async () => {
      const entered = once(gate, 'entered');
      const first = send('/v1/things/slow');
      await entered;
      const gauge = async (): Promise<string | undefined> => {
        const metrics = await (await fetch(`${service.url}/metrics`)).text();
        return /^nlu_idempotency_fallback (\d)$/m.exec(metrics)?.[1];
      };
      expect(await gauge()).toBe('0');
      const connection = service.app.get(SharedRedis).connection as Redis;
      const closed = new Promise((resolve) => connection.once('close', resolve));
      await redis?.stop();
      await closed;
      expect(await gauge()).toBe('1');
      const rest = await Promise.all(Array.from({ length: 20 }, () => send('/v1/things/slow')));
      expect(new Set(rest.map(({ status }) => status))).toEqual(new Set([409]));
      gate.emit('go');
      const body = await (await first).text();
      const again = await send('/v1/things/slow');
      expect([replayed(again), await again.text()]).toEqual([true, body]);
      expect(effects).toEqual(['a']);

      redis = await startRedisServer({ port: Number(new URL(redis?.url ?? '').port) });
      await whenReady(connection, 5_000);
      expect(await gauge()).toBe('0');
      expect(replayed(await send('/v1/things/slow'))).toBe(true);
    });
  }
});

/** Asks again until the answer is as wanted. */
async function until(
  ask: () => Promise<Response>,
  wanted: (answer: Response) => boolean,
): Promise<Response> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
  }
}
