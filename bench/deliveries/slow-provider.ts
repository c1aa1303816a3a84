import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowProvider {
  url: string;
  hostAndPort: string;
  /** Requests taken so far. */
  taken(): number;
  /** What it answers from now on. */
  answerWith(status: number): void;
  stop(): Promise<void>;
}

/** An endpoint on loopback that takes `afterMs` for each answer, whichever path is asked; what it says suits Slack, too. */
export async function startSlowProvider(afterMs: number): Promise<SlowProvider> {
  let taken = 0;
  let status = 200;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      taken += 1;
      const body = JSON.stringify({ ok: true, ts: `1764000000.${taken}` });
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      }, afterMs);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const hostAndPort = `127.0.0.1:${port}`;
  return {
    url: `http://${hostAndPort}/`,
    hostAndPort,
    taken: () => taken,
    answerWith: (next) => {
      status = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
