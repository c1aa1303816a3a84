import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface ReceivedWebhook {
  /** The `webhook-id` header. */
  id: string;
  headers: IncomingHttpHeaders;
  path: string;
  text: string;
  /** The body, parsed; undefined when it is not JSON. */
  json: unknown;
  /** The Standard Webhooks signature is right and its time within five minutes. */
  verified: boolean;
  /** What it was answered with; null when it got no proper answer. */
  status: number | null;
}

/** How the receiver misbehaves for one request. */
export type WebhookFault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Takes the request and cuts the connection. */
  | { kind: 'reset' }
  /** Answers 200, and sends a body that never ends. */
  | { kind: 'endless' }
  /** Answers 200 after a while. */
  | { kind: 'slow'; ms: number }
  /** Answers something that is not HTTP. */
  | { kind: 'garbage' };

const TOLERANCE_SECONDS = 300;
const WAIT_LIMIT_MS = 20_000;

/** A real HTTP server on loopback that takes webhooks, checks their signatures and fails when told to. */
export class WebhookReceiver {
  readonly requests: ReceivedWebhook[] = [];
  /** Answers that nobody waits for any more: the caller closed the connection before they were given. */
  givenUp = 0;
  private readonly faults: WebhookFault[] = [];
  private readonly arrivals = new EventEmitter();
  private readonly timers = new Set<NodeJS.Timeout>();

  private constructor(
    private readonly server: Server,
    readonly secret: string,
    readonly hostAndPort: string,
  ) {
    this.arrivals.setMaxListeners(0);
  }

  /** @param secret `whsec_…`; a fresh one when none is given. */
  static async start(
    secret = `whsec_${randomBytes(32).toString('base64')}`,
  ): Promise<WebhookReceiver> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const receiver = new WebhookReceiver(server, secret, `127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      receiver.take(request, response).catch(() => response.destroy());
    });
    return receiver;
  }

  get url(): string {
    return `http://${this.hostAndPort}/hook`;
  }

  /** How many different webhooks arrived, repetitions counted once. */
  get distinctIds(): number {
    return new Set(this.requests.map(({ id }) => id)).size;
  }

  /** One fault for each of the next requests; after them it answers 200 again. */
  failNext(...faults: WebhookFault[]): void {
    this.faults.push(...faults);
  }

  /**
   * Resolves with the requests once there are `count`.
   * @throws when they do not come within `limitMs`, saying how many did.
   */
  async waitFor(count: number, limitMs = WAIT_LIMIT_MS): Promise<ReceivedWebhook[]> {
    const limit = AbortSignal.timeout(limitMs);
    while (this.requests.length < count) {
      try {
        await once(this.arrivals, 'arrival', { signal: limit });
      } catch {
        throw new Error(`${this.requests.length} of ${count} webhooks came in ${limitMs} ms`);
      }
    }
    return this.requests;
  }

  /** Resolves once so many callers have closed the connection on which they waited for an answer. */
  async waitForGivenUp(count: number, limitMs = WAIT_LIMIT_MS): Promise<void> {
    const limit = AbortSignal.timeout(limitMs);
    while (this.givenUp < count) await once(this.arrivals, 'given-up', { signal: limit });
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const fault = this.faults.shift() ?? { kind: 'status', status: 200 };
    this.requests.push({
      id: header(request, 'webhook-id'),
      headers: request.headers,
      path: request.url ?? '',
      text,
      json: parse(text),
      verified: this.verify(request, text),
      status: statusOf(fault),
    });
    response.once('close', () => {
      if (response.writableFinished || fault.kind !== 'hang') return;
      this.givenUp += 1;
      this.arrivals.emit('given-up');
    });
    this.answer(response, fault);
    this.arrivals.emit('arrival');
  }

  private answer(response: ServerResponse, fault: WebhookFault): void {
    switch (fault.kind) {
      case 'status':
        response.writeHead(fault.status, fault.headers).end('{}');
        return;
      case 'hang':
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'endless':
        response.writeHead(200);
        this.sendForever(response);
        return;
      case 'slow':
        this.later(fault.ms, () => response.writeHead(200).end('{}'));
        return;
      case 'garbage':
        response.socket?.end('this is not HTTP\r\n\r\n');
        return;
    }
  }

  private sendForever(response: ServerResponse): void {
    const block = Buffer.alloc(16_384, 'x');
    const more = (): void => {
      while (!response.destroyed && response.write(block));
    };
    response.on('drain', more);
    more();
  }

  private later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
  }

  private verify(request: IncomingMessage, text: string): boolean {
    const timestamp = header(request, 'webhook-timestamp');
    const age = Math.abs(Date.now() / 1_000 - Number(timestamp));
    if (!(age <= TOLERANCE_SECONDS)) return false;
    const key = Buffer.from(this.secret.replace(/^whsec_/, ''), 'base64');
    const content = `${header(request, 'webhook-id')}.${timestamp}.${text}`;
    const expected = createHmac('sha256', key).update(content).digest();
    return header(request, 'webhook-signature')
      .split(' ')
      .filter((entry) => entry.startsWith('v1,'))
      .map((entry) => Buffer.from(entry.slice(3), 'base64'))
      .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  }
}

/** Starts a {@link WebhookReceiver}; `stop()` it when done. */
export function startWebhookReceiver(secret?: string): Promise<WebhookReceiver> {
  return WebhookReceiver.start(secret);
}

function statusOf(fault: WebhookFault): number | null {
  if (fault.kind === 'status') return fault.status;
  return fault.kind === 'slow' || fault.kind === 'endless' ? 200 : null;
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
