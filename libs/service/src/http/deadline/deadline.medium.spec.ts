import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configureLogging } from '@parley/observability';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDoor, type DoorUnderTest } from '../../testing/door-under-test';
import { RawExchange } from '../../testing/raw-exchange';

const KEY = 'a-key-of-the-operator';

// Real: the front door, Nest, sockets on loopback. Fake: the service that is asked, which never answers.
describe('the time that a request has', () => {
  let door: DoorUnderTest;
  let other: Server;
  let asked: IncomingMessage[];
  beforeAll(async () => {
    asked = [];
    other = createServer((request) => {
      asked.push(request);
      other.emit('asked');
    });
    await once(other.listen(0, '127.0.0.1'), 'listening');
    door = await startDoor({
      SERVICE_API_KEY: KEY,
      REQUEST_TIMEOUT_SECONDS: '0.3',
      NLU_URL: `http://127.0.0.1:${(other.address() as AddressInfo).port}`,
    });
  });
  afterAll(async () => {
    await door.close();
    other.closeAllConnections();
    other.close();
  });

  const stopped = async (): Promise<unknown> => {
    while (door.controller.stoppedBy === undefined) await new Promise(setImmediate);
    return door.controller.stoppedBy;
  };
  beforeEach(() => {
    door.controller.stoppedBy = undefined;
    asked.length = 0;
  });

  it('ends with 504, stops the work, and lets its late answer go nowhere', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-deadline-'));
    const file = join(folder, 'log.jsonl');
    configureLogging({ level: 'debug', file });
    const response = await fetch(`${door.url}/v1/slow`, { method: 'POST' });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({
      type: 'https://parley.dev/problems/deadline-exceeded',
      requestId: response.headers.get('x-request-id'),
    });
    expect(await stopped()).toMatchObject({ code: 'deadline-exceeded' });
    // The same connection carries on: nothing was written after the 504.
    expect((await fetch(`${door.url}/v1/notes/1`)).status).toBe(200);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').not.toContain('request.failed');
    configureLogging({ level: 'silent' });
    rmSync(folder, { recursive: true });
  });

  it('ends when the caller leaves', async () => {
    const leave = new AbortController();
    const raw = fetch(`${door.url}/v1/slow`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
      signal: leave.signal,
    });
    setTimeout(() => {
      leave.abort();
    }, 50);
    await expect(raw).rejects.toThrow('aborted');
    expect(await stopped()).toMatchObject({ detail: 'The caller has gone.' });
  });

  it('may be shortened by who shows the service key, and by nobody else', async () => {
    const { port } = door;
    const slow = async (headers: string): Promise<number> => {
      const raw = await RawExchange.open(port);
      const startedAt = performance.now();
      await raw.send(`POST /v1/slow HTTP/1.1\r\nHost: x\r\n${headers}\r\n`).until(/ 504 /);
      raw.socket.destroy();
      return performance.now() - startedAt;
    };
    const hurry = 'X-Request-Timeout-Ms: 1\r\n';
    const [short, long] = [await slow(`${hurry}X-API-Key: ${KEY}\r\n`), await slow(hurry)];
    expect(short).toBeLessThan(long);
  });

  it('goes along with calls to other services, which end with it', async () => {
    const relayed = fetch(`${door.url}/v1/relay`, {
      headers: { 'x-api-key': KEY, 'x-request-id': 'the-id', 'x-workspace-id': 'acme' },
    });
    await once(other, 'asked');
    const [{ headers, socket }] = asked as [IncomingMessage];
    const cut = once(socket, 'close');
    expect(headers).toMatchObject({
      'x-request-id': 'the-id',
      'x-workspace-id': 'acme',
      authorization: `Bearer ${KEY}`,
      traceparent: expect.stringMatching(/^00-/) as string,
    });
    const left = Number(headers['x-request-timeout-ms']);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(300);
    expect((await relayed).status).toBe(504);
    await cut;
  });

  it('does not limit a stream', async () => {
    const response = await fetch(`${door.url}/v1/meetings/1/events`);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value ?? []).toString()).toContain('"deadline":null');
    await reader.cancel();
  });

  it('is also how long a body may take to arrive: 408, and others are served meanwhile', async () => {
    const raw = await RawExchange.open(door.port);
    raw.send(
      'POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"te',
    );
    expect((await fetch(`${door.url}/v1/notes/1`)).status).toBe(200);
    const answer = await raw.until(/problems\/request-timeout/);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    raw.socket.destroy();
  });
});
