import { once } from 'node:events';
import { startDoor, type DoorUnderTest } from '../../testing/door-under-test';
import { RawExchange } from '../../testing/raw-exchange';

// Real: the server and its clients on loopback; only its patience is shorter than an operator's.
describe('the server', () => {
  let door: DoorUnderTest;
  beforeAll(async () => {
    const limits = { headersTimeout: 200, requestTimeout: 200, lookEveryMs: 50, patienceMs: 200 };
    door = await startDoor({}, { ...limits, connectionsCheckingInterval: 50 });
  });
  afterAll(() => door.close());

  it('closes on headers that never end, and serves others meanwhile', async () => {
    const raw = await RawExchange.open(door.port);
    raw.send('GET /v1/notes/1 HTTP/1.1\r\nHost: x\r\n');
    expect((await fetch(`${door.url}/v1/notes/1`)).status).toBe(200);
    const answer = await raw.rest();
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('problems/request-timeout');
  });

  it('waits for a body as long as its route does', async () => {
    const raw = await RawExchange.open(door.port);
    const head = 'POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    raw.send(`${head}Content-Length: 15\r\nConnection: close\r\n\r\n`);
    for (const character of '{"text":"slow"}') {
      raw.send(character);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(await raw.rest()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('cuts off who asks for much and reads nothing, and serves others meanwhile', async () => {
    const raw = await RawExchange.open(door.port);
    raw.socket.pause();
    const asked = once(door.app.getHttpServer(), 'request');
    raw.send('GET /v1/large HTTP/1.1\r\nHost: x\r\n\r\n');
    const [{ socket }] = (await asked) as [{ socket: NodeJS.EventEmitter }];
    const cut = once(socket, 'close');
    expect((await fetch(`${door.url}/v1/notes/1`)).status).toBe(200);
    await cut;
    raw.socket.destroy();
  });

  it('has patience with who reads slowly', async () => {
    const raw = await RawExchange.open(door.port);
    raw.send('GET /v1/large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    raw.socket.pause();
    let bytes = 0;
    raw.socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
    // Longer in all than the patience with somebody who stands still.
    for (let step = 0; step < 12; step++) {
      raw.socket.resume();
      await once(raw.socket, 'data');
      raw.socket.pause();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(raw.socket.destroyed).toBe(false);
    raw.socket.destroy();
    expect(bytes).toBeGreaterThan(0);
  });
});
