import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issuerFetch, type IssuerFetch } from './issuer-fetch';

// Real: sockets on loopback. Fake: the provider, and the clock of the breaker.
describe('asking the identity provider', () => {
  let server: Server;
  let url: string;
  let asked: number;
  let answer: RequestListener;
  let nowMs: number;
  let ask: (method?: string, limitMs?: number) => ReturnType<IssuerFetch>;

  beforeEach(async () => {
    asked = 0;
    nowMs = 0;
    server = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const fetches = new Map<number, IssuerFetch>();
    // Long: a crowded machine takes its time for an answer, and only one test is about having to wait.
    ask = (method = 'GET', limitMs = 30_000) => {
      const fetch = fetches.get(limitMs) ?? issuerFetch({ limitMs, clock: { now: () => nowMs } });
      fetches.set(limitMs, fetch);
      return fetch(url, { method, headers: {}, redirect: 'manual' });
    };
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('hands its answer on, a refusal too', async () => {
    answer = (_, response) => response.writeHead(400).end('{"error":"invalid_grant"}');
    const refused = await ask('POST');
    expect([refused.status, await refused.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });

  it.each([
    ['reads twice', 'GET', 2],
    ['but changes something once only', 'POST', 1],
  ])('%s when it fails', async (_, method, times) => {
    answer = (_request, response) => response.writeHead(500).end();
    await expect(ask(method)).rejects.toThrow('it answers 500');
    expect(asked).toBe(times);
  });

  it('reads no more than 1 MiB of an answer that does not end', async () => {
    let sent = 0;
    answer = (_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    await expect(ask('POST')).rejects.toThrow('more than anybody reads');
    // What the sockets hold is on its way.
    expect(sent).toBeLessThan(16 * 1_048_576);
  });

  it('waits no longer than its time, also for an answer that trickles', async () => {
    answer = (_, response) => {
      const trickle = setInterval(() => response.write(' '), 50);
      response.once('close', () => {
        clearInterval(trickle);
      });
    };
    await expect(ask('GET', 300)).rejects.toMatchObject({ name: 'TimedOutError' });
    expect(asked).toBe(1);
  });

  it('follows nobody elsewhere', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    expect((await ask()).status).toBe(302);
    expect(asked).toBe(1);
  });

  it('leaves it alone for half a minute after five failures, and asks again then', async () => {
    answer = (_, response) => response.writeHead(503).end();
    for (let failure = 0; failure < 5; failure += 1) {
      await expect(ask('POST')).rejects.toThrow('it answers 503');
    }
    answer = (_, response) => response.end('{}');
    await expect(ask()).rejects.toMatchObject({ name: 'BreakerOpenError' });
    expect(asked).toBe(5);
    nowMs = 30_000;
    expect((await ask()).status).toBe(200);
  });
});
