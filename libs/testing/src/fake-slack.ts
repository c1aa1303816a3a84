import {
  FakeProvider,
  type FakeAnswer,
  type FakeRequest,
  type ProviderFault,
} from './fake-provider';

export interface SlackMessage {
  ts: string;
  channel: string;
  text: string;
  /** Of a reply: the message it belongs to. */
  thread_ts?: string;
  metadata?: unknown;
}

/** How many messages a page of the history has at most, whatever is asked for. */
const PAGE_SIZE = 3;

/**
 * `chat.postMessage`, `conversations.history` and `conversations.replies` of Slack's Web API over HTTP on loopback, as
 * docs.slack.dev/reference/methods describes them: one token, the channels it is a member of, and faults.
 */
export class FakeSlack extends FakeProvider {
  readonly token = 'xoxb-1-fake-token';
  readonly channel = 'C0123ABCD';
  /** The app is a member of it as well. */
  readonly otherChannel = 'C0456EFGH';
  /** Every message that was posted, oldest first. */
  readonly messages: SlackMessage[] = [];

  protected answer({ url, authorization, text }: FakeRequest): FakeAnswer {
    const method = url.pathname.replace('/api/', '');
    const allowed = authorization === `Bearer ${this.token}`;
    const body = allowed
      ? this.carryOut(method, new URLSearchParams(text))
      : refusal('invalid_auth');
    return { status: 200, body };
  }

  private carryOut(method: string, given: URLSearchParams): object {
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

/** How Slack refuses: `{ ok: false, error }`, with a 200. */
export function slackError(error: string): ProviderFault {
  return { kind: 'status', status: 200, body: refusal(error) };
}

function refusal(error: string): object {
  return { ok: false, error };
}
