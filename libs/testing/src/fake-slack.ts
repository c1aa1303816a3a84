import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

export interface SlackMessage {
  ts: string;
  channel: string;
  text: string;
  /** Of a reply: the message it belongs to. */
  thread_ts?: string;
  metadata?: unknown;
}

/** How the server misbehaves for one request; `posted`: the message is in the channel all the same. */
export type SlackFault =
  /** `{ ok: false, error }`, as Slack refuses. */
  | { kind: 'error'; error: string; posted?: boolean }
  | { kind: 'status'; status: number; headers?: Record<string, string>; posted?: boolean }
  /** Takes the request and never answers. */
  | { kind: 'hang'; posted?: boolean }
  /** Takes the request and cuts the connection. */
  | { kind: 'reset'; posted?: boolean }
  /** An answer that never ends. */
  | { kind: 'endless'; posted?: boolean };

/** How many messages a page of the history has at most, whatever is asked for. */
const PAGE_SIZE = 3;

/**
 * `chat.postMessage`, `conversations.history` and `conversations.replies` of Slack's Web API over HTTP on loopback, as
 * docs.slack.dev/reference/methods describes them: one token, the channels it is a member of, and faults.
 */
export class FakeSlack {
  readonly token = 'xoxb-1-fake-token';
  readonly channel = 'C0123ABCD';
  /** The app is a member of it as well. */
  readonly otherChannel = 'C0456EFGH';
  /** Every message that was posted, oldest first. */
  readonly messages: SlackMessage[] = [];
  /** The methods that were called, in order. */
  readonly calls: string[] = [];
  private readonly faults: SlackFault[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeSlack> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const slack = new FakeSlack(server, `http://127.0.0.1:${port}/api/`);
    server.on('request', (request, response) => {
      slack.take(request, response).catch(() => response.destroy());
    });
    return slack;
  }

  /** One fault for each of the next requests; after them it works again. */
  failNext(...faults: SlackFault[]): void {
    this.faults.push(...faults);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await textOf(request));
    const method = (request.url ?? '').replace('/api/', '');
    this.calls.push(method);
    const fault = this.faults.shift();
    if (fault) {
      if (fault.posted) this.post(given);
      misbehave(response, fault);
      return;
    }
    const allowed = request.headers.authorization === `Bearer ${this.token}`;
    const answer = allowed ? this.answer(method, given) : refusal('invalid_auth');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }

  private answer(method: string, given: URLSearchParams): object {
    const channels = [this.channel, this.otherChannel];
    if (!channels.includes(given.get('channel') ?? '')) return refusal('channel_not_found');
    switch (method) {
      case 'chat.postMessage': {
        if (!given.get('text')) return refusal('no_text');
        if (given.has('thread_ts') && !this.parentOf(given)) return refusal('thread_not_found');
        const message = this.post(given);
        return { ok: true, channel: message.channel, ts: message.ts, message };
      }
      case 'conversations.history':
        return this.history(given);
      case 'conversations.replies':
        return this.replies(given);
      default:
        return refusal('unknown_method');
    }
  }

  private parentOf(given: URLSearchParams): SlackMessage | undefined {
    const ts = given.get('thread_ts') ?? given.get('ts');
    return this.messages.find((each) => each.ts === ts && each.channel === given.get('channel'));
  }

  private post(given: URLSearchParams): SlackMessage {
    const metadata = given.get('metadata');
    const message = {
      // Seconds and a counter, which makes it unique in its channel.
      ts: `${Math.floor(Date.now() / 1_000)}.${String(this.messages.length).padStart(6, '0')}`,
      channel: given.get('channel') ?? '',
      text: given.get('text') ?? '',
      ...(given.has('thread_ts') ? { thread_ts: given.get('thread_ts') ?? '' } : {}),
      ...(metadata === null ? {} : { metadata: JSON.parse(metadata) as unknown }),
    };
    this.messages.push(message);
    return message;
  }

  /** Newest first; replies stand in their thread alone. */
  private history(given: URLSearchParams): object {
    const channel = given.get('channel');
    const there = this.messages.filter((each) => each.channel === channel && !each.thread_ts);
    return this.page(there.reverse(), given);
  }

  /** A thread's first message, then its replies, oldest first. */
  private replies(given: URLSearchParams): object {
    const parent = this.parentOf(given);
    if (!parent) return refusal('thread_not_found');
    return this.page(
      this.messages.filter((each) => each === parent || each.thread_ts === parent.ts),
      given,
    );
  }

  private page(there: SlackMessage[], given: URLSearchParams): object {
    const oldest = Number(given.get('oldest') ?? 0);
    const from = Number(given.get('cursor') ?? 0);
    const withMetadata = given.get('include_all_metadata') === 'true';
    const all = there.filter(({ ts }) => Number(ts) > oldest);
    const page = all.slice(from, from + PAGE_SIZE);
    const more = from + PAGE_SIZE < all.length;
    return {
      ok: true,
      messages: page.map(({ metadata, ...rest }) => (withMetadata ? { ...rest, metadata } : rest)),
      has_more: more,
      response_metadata: { next_cursor: more ? String(from + PAGE_SIZE) : '' },
    };
  }
}

function refusal(error: string): object {
  return { ok: false, error };
}

function misbehave(response: ServerResponse, fault: SlackFault): void {
  switch (fault.kind) {
    case 'error':
      response.end(JSON.stringify(refusal(fault.error)));
      return;
    case 'status':
      response.writeHead(fault.status, fault.headers).end();
      return;
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'endless': {
      const block = Buffer.alloc(65_536, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', more);
      more();
      return;
    }
  }
}
