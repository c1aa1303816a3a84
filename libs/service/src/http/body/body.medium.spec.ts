import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createBrotliCompress, createGzip, gzipSync } from 'node:zlib';
import { UPLOAD_BYTES } from '../../testing/door-controller';
import { startDoor, type DoorUnderTest } from '../../testing/door-under-test';
import { RawExchange } from '../../testing/raw-exchange';

const MEBIBYTE = 1_048_576;

interface Answer {
  status: number;
  type: string;
  body: Record<string, unknown>;
}

// Real: the front door, Nest, sockets on loopback. Nothing is fake.
describe('the body of a request', () => {
  let door: DoorUnderTest;
  beforeAll(async () => {
    door = await startDoor();
  });
  afterAll(() => door.close());

  const post = async (
    body: string | Buffer | FormData,
    headers: Record<string, string> = { 'content-type': 'application/json' },
    path = '/v1/notes',
  ): Promise<Answer> =>
    read(
      await fetch(door.url + path, {
        method: 'POST',
        body: body as NonNullable<RequestInit['body']>,
        headers,
      }),
    );
  const read = async (response: Response): Promise<Answer> => {
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, type: String(body.type).split('/').at(-1) ?? '', body };
  };

  it('may have the limit exactly, and not a byte more', async () => {
    const around = JSON.stringify({ text: '' }).length;
    const text = 'x'.repeat(MEBIBYTE - around);
    expect((await post(JSON.stringify({ text }))).body).toEqual({ length: text.length });
    expect(await post(JSON.stringify({ text: `${text}x` }))).toMatchObject({
      status: 413,
      type: 'payload-too-large',
    });
  });

  it('is refused by its head alone when it says that it is too large', async () => {
    const raw = await RawExchange.open(door.port);
    raw.send(
      'POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
        `Content-Length: ${MEBIBYTE + 1}\r\n\r\n`,
    );
    const answer = await raw.until(/payload-too-large.*\}$/s);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer.toLowerCase()).toContain('\r\nconnection: close\r\n');
    raw.socket.destroy();
  });

  it('is asked for only when it is wanted, by who sends Expect: 100-continue', async () => {
    const head = (bytes: number): string =>
      'POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n' +
      `Expect: 100-continue\r\nContent-Length: ${bytes}\r\n\r\n`;
    const refused = await (await RawExchange.open(door.port)).send(head(MEBIBYTE + 1)).rest();
    expect(refused).toMatch(/^HTTP\/1\.1 413 /);
    const taken = await RawExchange.open(door.port);
    await taken.send(head(2)).until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    expect(await taken.send('{}').rest()).toContain('HTTP/1.1 200 ');
  });

  /** Sends without a stated length, as long as the service takes it. */
  const stream = async (
    headers: Record<string, string>,
    chunk: Buffer,
    mostBytes: number,
    pack?: () => ReturnType<typeof createGzip>,
  ): Promise<{ status: number; peakBytes: number }> => {
    const request = httpRequest(`${door.url}/v1/notes`, { method: 'POST', headers });
    request.on('error', () => undefined);
    const answered = once(request, 'response') as Promise<[{ statusCode: number }]>;
    const packer = pack?.();
    packer?.pipe(request);
    const target = packer ?? request;
    const state = { over: false };
    answered.then(
      () => (state.over = true),
      () => (state.over = true),
    );
    let peakBytes = 0;
    for (let sent = 0; sent < mostBytes && !state.over; sent += chunk.length) {
      if (!target.write(chunk)) {
        await Promise.race([once(target, 'drain').catch(() => undefined), answered]);
      }
      peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers);
    }
    target.end();
    const [{ statusCode }] = await answered;
    request.destroy();
    return { status: statusCode, peakBytes };
  };

  it('is cut off when it grows too large on the way, without being held', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const chunk = Buffer.alloc(65_536, 'x');
    const { status, peakBytes } = await stream(
      { 'content-type': 'application/json' },
      chunk,
      64 * MEBIBYTE,
    );
    expect(status).toBe(413);
    expect(peakBytes - before).toBeLessThan(16 * MEBIBYTE);
  });

  it.each([
    ['gzip', () => createGzip()],
    ['br', () => createBrotliCompress()],
  ])('is measured unpacked: a %s bomb is cut off without being held', async (encoding, pack) => {
    const before = process.memoryUsage().arrayBuffers;
    const { status, peakBytes } = await stream(
      { 'content-type': 'application/json', 'content-encoding': encoding },
      Buffer.alloc(65_536, ' '),
      64 * MEBIBYTE,
      pack,
    );
    expect(status).toBe(413);
    expect(peakBytes - before).toBeLessThan(16 * MEBIBYTE);
  });

  it('is cut off at the unpacked size also when it arrives in one small piece', async () => {
    const bomb = gzipSync(JSON.stringify({ text: 'x'.repeat(MEBIBYTE) }));
    expect(bomb.length).toBeLessThan(10_000);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(await post(bomb, headers)).toMatchObject({ status: 413 });
    const fine = gzipSync(JSON.stringify({ text: 'hello' }));
    expect((await post(fine, headers)).body).toEqual({ length: 5 });
    expect(await post(fine.subarray(0, -9), headers)).toMatchObject({ type: 'malformed-request' });
    expect(await post(fine, { ...headers, 'content-encoding': 'zstd' })).toMatchObject({
      status: 415,
    });
  });

  it.each(['{', '{"a":}', "{'a':1}", '{"a":1,}', 'nope', '"\\x"', '{"text":"\u0000"}'])(
    'is answered 400 when it is no JSON: %j',
    async (text) => {
      expect(await post(text)).toMatchObject({ status: 400, type: 'malformed-json' });
    },
  );

  it.each([
    ['NUL', '{"text":"a\\u0000b"}'],
    ['half a pair', '{"text":"\\ud800"}'],
    ['NUL in a name', '{"a\\u0000":1}'],
    ['a prototype', '{"__proto__":{"text":"x"}}'],
    ['a written-out prototype', '{"\\u005f_proto__":{"text":"x"}}'],
    ['a constructor', '{"constructor":{"prototype":{"text":1}}}'],
    ['an unknown field', '{"text":"x","more":1}'],
    ['a list', '[{"text":"x"}]'],
    ['a bare text', '"text"'],
    ['very many fields', JSON.stringify({ text: 'x', ...Array.from({ length: 2_001 }, () => 1) })],
    [
      'very many things in a list',
      JSON.stringify({ text: Array.from({ length: 2_001 }, () => ({})) }),
    ],
    ['endless nesting', `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('is answered 400 when it holds %s', async (_, text) => {
    expect(await post(text)).toMatchObject({ status: 400, type: 'validation-failed' });
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('text');
  });

  it('may hold every other character, a written-out backslash among them', async () => {
    const text = 'a\\u0000 "שלום" 👋\u202e';
    expect((await post(JSON.stringify({ text }))).body).toEqual({ length: text.length });
  });

  it('is answered 400 when it is not UTF-8', async () => {
    expect(await post(Buffer.from('7b2274657874223a22ff227d', 'hex'))).toMatchObject({
      type: 'malformed-json',
    });
  });

  it.each([
    ['none', {}],
    ['text/plain', { 'content-type': 'text/plain' }],
    ['JSON in Latin 1', { 'content-type': 'application/json; charset=latin1' }],
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['fields', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('is answered 415 with this media type: %s', async (_, headers) => {
    const answer = await post(Buffer.from('{}'), headers);
    expect(answer).toMatchObject({ status: 415, type: 'unsupported-media-type' });
  });

  it.each([
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])('may call itself %s', async (type) => {
    expect((await post('{"text":"x"}', { 'content-type': type })).status).toBe(200);
  });

  it('is not needed', async () => {
    expect((await fetch(`${door.url}/v1/notes`, { method: 'POST' })).status).toBe(200);
  });

  it('is ignored where a method has no use for it', async () => {
    const raw = await RawExchange.open(door.port);
    const answer = await raw
      .send(
        'GET /v1/notes/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello',
      )
      .rest();
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  const form = (bytes: number, text = 'note'): FormData => {
    const data = new FormData();
    data.append('file', new Blob([Buffer.alloc(bytes)]), 'file.bin');
    data.append('text', text);
    return data;
  };

  it('may be a form where the route says so, within the route’s own limit', async () => {
    expect((await post(form(1_000), {}, '/v1/files')).body).toEqual({ size: 1_000, text: 'note' });
    expect(await post(form(UPLOAD_BYTES), {}, '/v1/files')).toMatchObject({ status: 413 });
    expect(await post('{}', undefined, '/v1/files')).toMatchObject({ status: 415 });
    expect(await post(form(1, 'a\0b'), {}, '/v1/files')).toMatchObject({ status: 400 });
  });

  it('is cut off as a form without a stated length', async () => {
    const raw = await RawExchange.open(door.port);
    raw.send(
      'POST /v1/files HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n' +
        'Content-Type: multipart/form-data; boundary=b\r\n\r\n',
    );
    const part = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n',
    );
    const chunk = (bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    raw.send(chunk(part)).send(chunk(Buffer.alloc(UPLOAD_BYTES + 1)));
    const answer = await raw.rest();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it.each([
    ['/v1/notes/%', 400],
    ['/v1/notes/%00', 400],
    ['/v1/notes/%c3%28', 400],
    ['/v1/notes/a%20b', 200],
    ['/v1/notes?cursor=%00', 400],
    ['/v1/notes?limit=1e999', 400],
    ['/v1/notes?limit=-1', 400],
    ['/v1/notes?limit=NaN', 400],
    ['/v1/notes?limit=1&limit=2', 400],
    ['/v1/notes?more=1', 400],
    ['/v1/notes?__proto__[limit]=1', 400],
    ['/v1/notes?limit=7', 200],
    ['/V1/NOTES/1', 200],
    ['/v1/notes/', 200],
  ])('has company in its address: %s is answered %i', async (path, status) => {
    const raw = await RawExchange.open(door.port);
    const answer = await raw
      .send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      .rest();
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});
