import { Agent, request } from 'node:http';

/** One round of load, as its parent orders it. */
export interface LoadOrder {
  port: number;
  connections: number;
  seconds: number;
  headers: Record<string, string>;
  /** A fresh `Idempotency-Key` with each request. */
  withKeys: boolean;
}

export interface LoadReport {
  requests: number;
  /** Answers other than 201. */
  failures: number;
  p50Ms: number;
  p99Ms: number;
}

const BODY = JSON.stringify({ title: 'A round of coffee for the review', count: 4 });

process.once('message', (order: LoadOrder) => {
  void run(order).then((report) => {
    process.send?.(report, () => process.exit(0));
  });
});

async function run(order: LoadOrder): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const times: number[] = [];
  let failures = 0;
  let sent = 0;
  const until = performance.now() + order.seconds * 1_000;
  const worker = async (): Promise<void> => {
    while (performance.now() < until) {
      const startedAt = performance.now();
      const key = order.withKeys ? { 'idempotency-key': `${process.pid}-${sent++}` } : {};
      const status = await post(order.port, agent, { ...order.headers, ...key });
      times.push(performance.now() - startedAt);
      if (status !== 201) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, worker));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { requests: times.length, failures, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function post(port: number, agent: Agent, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/orders',
        agent,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(BODY),
        },
      },
      (response) => {
        response.resume().once('end', () => {
          resolve(response.statusCode ?? 0);
        });
      },
    );
    sent.once('error', reject).end(BODY);
  });
}
