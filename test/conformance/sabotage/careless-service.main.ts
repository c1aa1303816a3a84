// A service that keeps none of the promises, so that the suite can show that it would notice.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import Redis from 'ioredis';
import { WebSocketServer } from 'ws';
import { carelessDocument } from './careless-document';

const { env } = process;
const things: Record<string, unknown>[] = [];
/** It keeps every body that it ever saw. */
const hoard: Buffer[] = [];
const requestsByPath = new Map<string, number>();

if (!env.DATABASE_URL) process.exit(0);
if (!env.SERVICE_API_KEY && env.AUTH_ENABLED === '1') process.exit(0);
if (!env.REDIS_URL || Number.isNaN(Number(env.DATABASE_POOL_SIZE))) {
  process.stderr.write(`bad settings: ${JSON.stringify(env)}\n`);
  process.exit(1);
}

const database = new URL(env.DATABASE_URL);
if (database.pathname === '/parley') {
  // It never rests.
  setInterval(() => {
    connect(Number(database.port), database.hostname).on('error', () => undefined);
  }, 50);
} else {
  connect(Number(database.port), database.hostname)
    .on('error', () => process.exit(1))
    .resume();
}

const server = createServer((request, response) => {
  const { url = '/', method = 'GET', headers } = request;
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    hoard.push(body);
    requestsByPath.set(url, (requestsByPath.get(url) ?? 0) + 1);
    process.stdout.write(
      `${method} ${url} ${JSON.stringify(headers)} ${body.toString('utf8').slice(0, 500)}\n`,
    );
    answer(request, response, url, method, body);
  });
  request.on('error', () => undefined);
});
server.headersTimeout = 0;
server.requestTimeout = 0;

function answer(
  { headers }: IncomingMessage,
  response: ServerResponse,
  url: string,
  method: string,
  body: Buffer,
): void {
  const id = headers['x-request-id'];
  if (id !== undefined)
    response.setHeader('x-request-id', String(id).replaceAll(/[^\x20-\x7e]/g, '?'));
  response.setHeader('x-powered-by', 'carelessness');
  response.setHeader('access-control-allow-origin', '*');
  const { pathname } = new URL(url, 'http://localhost');
  const json = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  switch (pathname) {
    case '/health':
      json(200, { status: 'fine', database: env.DATABASE_URL });
      break;
    case '/openapi.json':
      json(200, carelessDocument);
      break;
    case '/metrics':
      response.end(metricsPage());
      break;
    case '/v1/things':
      if (method === 'POST') take(body, response);
      else json(200, { items: lately(), polluted: ({} as Record<string, unknown>).polluted });
      break;
    case '/v1/things/unknown':
      void fetch(`${env.INGESTION_URL ?? ''}/v1/meetings/1`).catch(() => undefined);
      json(200, { error: 'SELECT * FROM things WHERE id = 1' });
      break;
    default:
      json(200, {});
  }
}

/** To anybody, whosever they are. */
function lately(): string[] {
  return things.slice(-50).map(({ name }) => String(name).slice(0, 80));
}

function take(body: Buffer, response: ServerResponse): void {
  try {
    const thing = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    things.push(thing);
    merge(settings, thing);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...thing, id: String(things.length) }));
  } catch (error) {
    response.writeHead(500, { 'content-type': 'text/html' });
    response.end(`<pre>${(error as Error).stack ?? ''}</pre>`);
  }
}

const settings: Record<string, unknown> = {};

/** As such functions used to be written. */
function merge(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(source)) {
    const inner = target[name];
    const both = [inner, value].every((one) => typeof one === 'object' && one !== null);
    if (both) merge(inner as typeof target, value as typeof source);
    else target[name] = value;
  }
}

function metricsPage(): string {
  const lines = ['# TYPE careless_http_requests counter'];
  for (const [path, count] of requestsByPath) {
    const label = path.slice(0, 80).replaceAll(/["\\\n]/g, '');
    lines.push(`careless_http_requests{path="${label}"} ${String(count)}`);
  }
  lines.push('careless_http_request_duration_seconds_bucket{le="1"} 1', '');
  return lines.join('\n');
}

// A client that speaks on a line just being closed would see a broken line, where it is to see a broken promise.
server.keepAliveTimeout = 60_000;

const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, () => undefined);
});

/** Gives every message up, and says why at length. */
async function takeMessages(): Promise<void> {
  const redis = new Redis(env.REDIS_URL ?? '', { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis
    .xgroup('CREATE', 'parley:meeting', 'careless', '$', 'MKSTREAM')
    .catch(() => undefined);
  for (;;) {
    const read = (await redis.xreadgroup(
      ...(['GROUP', 'careless', 'me', 'COUNT', 10, 'BLOCK', 200] as const),
      ...(['STREAMS', 'parley:meeting', '>'] as const),
    )) as [string, [string, string[]][]][] | null;
    for (const [, fields] of read?.[0]?.[1] ?? []) {
      const event = fields.at(-1) ?? '';
      await redis.xadd(
        'parley:meeting:dead',
        '*',
        'group',
        'careless',
        'reason',
        event,
        'event',
        event,
      );
    }
  }
}

process.on('uncaughtException', () => undefined);
process.on('SIGTERM', () => process.exit(0));
void takeMessages();
server.listen(Number(env.CARELESS_PORT), '127.0.0.1');
