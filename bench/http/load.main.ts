import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One round of load, as its parent orders it. */
export interface LoadOrder {
  port: number;
  connections: number;
  seconds: number;
  /** Requests a second over all connections, evenly. Default: each connection is kept busy. */
  perSecond?: number;
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
const END_OF_HEADERS = '\r\n\r\n';

process.once('message', (order: LoadOrder) => {
  void run(order).then((report) => {
    process.send?.(report, () => process.exit(0));
  });
});

/** Loads all connections. It speaks plain bytes: a client that costs more than the server would measure itself. */
async function run(order: LoadOrder): Promise<LoadReport> {
  const times: number[] = [];
  let failures = 0;
  let sent = 0;
  const head =
    `POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\n` +
    Object.entries(order.headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
  const from = performance.now();
  const until = from + order.seconds * 1_000;
  const everyMs = order.perSecond === undefined ? 0 : (order.connections * 1_000) / order.perSecond;
  const worker = async (_: unknown, connection: number): Promise<void> => {
    const socket = connect(order.port, '127.0.0.1').setNoDelay();
    const answers = statuses(socket);
    let dueAt = from + (connection / order.connections) * everyMs;
    while (performance.now() < until) {
      const startedAt = everyMs === 0 ? performance.now() : await turn(dueAt);
      dueAt += everyMs;
      const key = order.withKeys ? `Idempotency-Key: ${process.pid}-${sent++}\r\n` : '';
      socket.write(`${head}${key}\r\n${BODY}`);
      const { value } = await answers.next();
      times.push(performance.now() - startedAt);
      if (value !== 201) failures += 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: order.connections }, worker));
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { requests: times.length, failures, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** @returns when the request was due; one that a slow answer before it holds up was due before it is sent, and that counts. */
async function turn(dueAt: number): Promise<number> {
  const earlyMs = dueAt - performance.now();
  if (earlyMs <= 0) return dueAt;
  await wait(earlyMs);
  return performance.now();
}

/** The status of each answer, once all of it is here. */
async function* statuses(socket: Socket): AsyncGenerator<number, undefined> {
  let held = '';
  for await (const chunk of socket.setEncoding('latin1') as AsyncIterable<string>) {
    held += chunk;
    const headEnd = held.indexOf(END_OF_HEADERS);
    const length = /\r\ncontent-length: (\d+)/i.exec(held)?.[1];
    if (headEnd < 0 || held.length < headEnd + END_OF_HEADERS.length + Number(length ?? 0))
      continue;
    yield Number(held.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    held = '';
  }
  return undefined;
}
