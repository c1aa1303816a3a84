import { createHash } from 'node:crypto';
import { FakeProvider, type FakeAnswer, type FakeRequest } from './fake-provider';

export interface GmailMail {
  id: string;
  /** The whole mail, RFC 5322. */
  text: string;
  isDraft: boolean;
}

export interface CalendarEvent {
  id: string;
  summary: string;
  [field: string]: unknown;
}

/**
 * What Parley uses of Google on loopback: drafts and messages of Gmail, events of one calendar, and the token endpoint,
 * as developers.google.com/gmail/api, /calendar/api and /identity/protocols/oauth2 describe them.
 */
export class FakeGoogle extends FakeProvider {
  readonly clientId = 'parley.apps.fake';
  readonly clientSecret = 'GOCSPX-fake-secret';
  /** Codes that a person's consent gave, with the PKCE challenge that was shown. */
  readonly codes = new Map<string, { challenge: string }>();
  /** False once the person has taken the consent back. */
  consents = true;
  readonly refreshToken = '1//fake-refresh-token';
  /** Given out and still valid. */
  readonly accessTokens = new Set<string>();
  readonly revoked: string[] = [];
  readonly mails: GmailMail[] = [];
  readonly events: CalendarEvent[] = [];
  /** How often a token was asked for. */
  grants = 0;

  /** How an access token that was just given is worth nothing any more. */
  forgetAccessTokens(): void {
    this.accessTokens.clear();
  }

  protected answer(request: FakeRequest): FakeAnswer {
    const path = request.url.pathname;
    if (path === '/token') return this.grant(new URLSearchParams(request.text));
    if (path === '/revoke') {
      this.revoked.push(new URLSearchParams(request.text).get('token') ?? '');
      return { status: 200, body: {} };
    }
    const token = request.authorization.replace('Bearer ', '');
    if (!this.accessTokens.has(token)) return refusal(401, 'authError');
    if (path.startsWith('/gmail/v1/users/me/')) return this.gmail(path.slice(19), request);
    const calendar = /^\/calendar\/v3\/calendars\/primary\/events(?:\/(.+))?$/.exec(path);
    if (calendar) return this.calendar(calendar[1], request);
    return refusal(404, 'notFound');
  }

  private grant(form: URLSearchParams): FakeAnswer {
    this.grants += 1;
    const known =
      form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret;
    if (!known) return { status: 401, body: { error: 'invalid_client' } };
    if (!this.consents || !this.holds(form)) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    const token = `ya29.fake-${this.grants}`;
    this.accessTokens.add(token);
    const isFirst = form.get('grant_type') === 'authorization_code';
    const body = { access_token: token, expires_in: 3_599, token_type: 'Bearer' };
    return { status: 200, body: isFirst ? { ...body, refresh_token: this.refreshToken } : body };
  }

  private holds(form: URLSearchParams): boolean {
    if (form.get('grant_type') === 'refresh_token') {
      return form.get('refresh_token') === this.refreshToken;
    }
    const code = form.get('code') ?? '';
    const known = this.codes.get(code);
    this.codes.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    return known?.challenge === challengeOf(verifier);
  }

  private gmail(what: string, { method, url, text }: FakeRequest): FakeAnswer {
    if (method === 'GET' && what === 'drafts') {
      const wanted = url.searchParams.get('q')?.replace('rfc822msgid:', '') ?? '';
      const found = this.mails.filter((mail) => mail.isDraft && mail.text.includes(wanted));
      return { status: 200, body: { drafts: found.map(({ id }) => ({ id, message: { id } })) } };
    }
    if (method === 'GET' && what === 'messages') return this.searchMail(url.searchParams);
    if (method === 'GET' && what.startsWith('messages/')) return this.mail(what.slice(9));
    if (method === 'GET' && what === 'profile') return { status: 200, body: {} };
    const given = JSON.parse(text || '{}') as { raw?: string; message?: { raw?: string } };
    const raw = given.message?.raw ?? given.raw;
    if (method !== 'POST' || raw === undefined) return refusal(400, 'invalidArgument');
    const id = `mail-${this.mails.length}`;
    const isDraft = what === 'drafts';
    this.mails.push({ id, text: Buffer.from(raw, 'base64url').toString(), isDraft });
    return { status: 200, body: isDraft ? { id, message: { id } } : { id } };
  }

  /** Mails whose text holds the words; a real search knows far more. */
  private searchMail(query: URLSearchParams): FakeAnswer {
    const wanted = query.get('q') ?? '';
    const found = this.mails.filter(({ text }) => text.includes(wanted));
    const messages = found.slice(0, Number(query.get('maxResults'))).map(({ id }) => ({ id }));
    // Without any it says nothing of messages at all.
    return { status: 200, body: messages.length === 0 ? {} : { messages } };
  }

  private mail(id: string): FakeAnswer {
    const found = this.mails.find((mail) => mail.id === id);
    if (!found) return refusal(404, 'notFound');
    const headers = ['Subject', 'Date'].flatMap((name) => {
      const value = new RegExp(`^${name}: (.*)$`, 'm').exec(found.text)?.[1];
      return value === undefined ? [] : [{ name, value: value.trim() }];
    });
    const snippet = found.text.split('\r\n\r\n')[1]?.slice(0, 200) ?? '';
    return { status: 200, body: { id, snippet, payload: { headers } } };
  }

  private listEvents(query: URLSearchParams): FakeAnswer {
    const [from, to] = ['timeMin', 'timeMax'].map((name) => Date.parse(query.get(name) ?? ''));
    const items = this.events.filter(({ start }) => {
      const { dateTime, date } = (start ?? {}) as { dateTime?: string; date?: string };
      const at = Date.parse(dateTime ?? date ?? '');
      return !(at < (from ?? Number.NaN)) && !(at >= (to ?? Number.NaN));
    });
    const most = Number(query.get('maxResults') ?? 250);
    return { status: 200, body: { items: items.slice(0, most) } };
  }

  private calendar(id: string | undefined, { method, url, text }: FakeRequest): FakeAnswer {
    if (method === 'GET') {
      if (id === undefined) return this.listEvents(url.searchParams);
      const event = this.events.find((each) => each.id === id);
      return event ? { status: 200, body: event } : refusal(404, 'notFound');
    }
    const event = JSON.parse(text) as CalendarEvent;
    if (!/^[a-v0-9]{5,1024}$/.test(event.id)) return refusal(400, 'invalid');
    if (this.events.some((each) => each.id === event.id)) return refusal(409, 'duplicate');
    const made = { ...event, htmlLink: `https://calendar.google.com/event?eid=${event.id}` };
    this.events.push(made);
    return { status: 200, body: made };
  }
}

function refusal(code: number, reason: string): FakeAnswer {
  return { status: code, body: { error: { code, message: reason, errors: [{ reason }] } } };
}

/** RFC 7636, section 4.2. */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
