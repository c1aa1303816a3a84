import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { ActionArguments } from '@parley/contracts';
import { z } from 'zod';
import type { IntegrationsSettings } from '../../integrations.settings';
import type { OAuthApp } from '../../oauth/oauth-app';
import { callGoogle } from '../google/google-api';
import { googleApp } from '../google/google-app';
import { refreshToken } from '../../oauth/refresh-token.setting';
import { composed, messageId, outgoingMail } from '../mail/outgoing-mail';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { refusal } from '../provider-failure';
import { foundItem, searchArguments, wantedOf, type FoundItem, type ReadTool } from '../read-tool';
import { listOf } from '../rest/list-of';
import { draftArguments, mailArguments } from '../tool-arguments';

const settingsSchema = z.object({ refreshToken });
type GmailConnection = OpenConnection<z.infer<typeof settingsSchema>>;

const SEND = 'gmail.email.send';
/** Drafts and sending; it can read drafts, and no other mail. */
const SCOPES = ['https://www.googleapis.com/auth/gmail.compose'];

/** Of all mail: for searching, where GMAIL_SEARCH says so. */
const READING = 'https://www.googleapis.com/auth/gmail.readonly';
/** Google counts requests by the person and second. */
const MAILS_AT_ONCE = 5;

const SEARCH: ReadTool = {
  name: 'gmail.email.search',
  risk: 'read',
  arguments: searchArguments,
  description: 'Searches the mail, as the search box of Gmail does.',
};

/** A person's mail at Google. A draft is found again by its Message-ID; what is sent is sent once. */
@Injectable()
export class GmailProvider extends Provider<typeof settingsSchema> {
  readonly id = 'gmail';
  readonly name = 'Gmail';
  readonly tools = [
    {
      name: 'gmail.email.draft',
      class: 'reconcilable' as const,
      risk: 'low' as const,
      arguments: draftArguments,
      description: 'Puts an email among the drafts; the person sends it.',
    },
    {
      name: SEND,
      class: 'once' as const,
      risk: 'high' as const,
      arguments: mailArguments,
      description: 'Sends an email.',
    },
  ];
  readonly settingsSchema = settingsSchema;

  constructor(@Inject(SETTINGS) private readonly appSettings: IntegrationsSettings) {
    super();
  }

  /** Only where the operator asks people for leave to read their mail. */
  override get reads(): readonly ReadTool[] {
    return this.appSettings.GMAIL_SEARCH === '1' ? [SEARCH] : [];
  }

  override get oauth(): OAuthApp | undefined {
    const mayRead = this.reads.length > 0;
    return googleApp(this.appSettings, mayRead ? [...SCOPES, READING] : SCOPES);
  }

  async send(
    action: OutgoingAction,
    connection: GmailConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const mail = outgoingMail(action.actionId, action.arguments, action.citations);
    const isSent = action.tool === SEND;
    if (isSent && mail.to.length === 0) {
      throw refusal('nobody whom it is for has an email address');
    }
    const raw = (await composed(mail)).toString('base64url');
    const { id } = await callGoogle(connection, signal, {
      method: 'POST',
      url: this.url(isSent ? 'messages/send' : 'drafts'),
      body: isSent ? { raw } : { message: { raw } },
    });
    return receipt(id);
  }

  /** For drafts, whose search covers drafts alone: one that the person has sent meanwhile is not found. */
  override async find(
    { actionId: marker }: OutgoingAction,
    connection: GmailConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt | null> {
    const query = new URLSearchParams({ q: `rfc822msgid:${messageId(marker).slice(1, -1)}` });
    const url = this.url(`drafts?${query.toString()}`);
    const { drafts } = await callGoogle(connection, signal, { method: 'GET', url });
    const [found] = Array.isArray(drafts) ? (drafts as { id?: unknown }[]) : [];
    return found ? receipt(found.id) : null;
  }

  /** Gmail's own search; of each mail its heading, its day and its first words. */
  override async read(
    _tool: string,
    given: ActionArguments,
    connection: GmailConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<FoundItem[]> {
    const get = (path: string, query: [string, string][]) =>
      callGoogle(connection, signal, {
        method: 'GET',
        url: this.url(`${path}?${new URLSearchParams(query).toString()}`),
      });
    const maxResults = String(wantedOf(given));
    const { messages } = await get('messages', [
      ['q', String(given.query)],
      ['maxResults', maxResults],
    ]);
    const ids = listOf(messages).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
    const heads = ['Subject', 'Date'].map((name) => ['metadataHeaders', name] as [string, string]);
    const mails: FoundItem[] = [];
    for (let at = 0; at < ids.length; at += MAILS_AT_ONCE) {
      const some = ids.slice(at, at + MAILS_AT_ONCE).map(async (id) => {
        const path = `messages/${encodeURIComponent(id)}`;
        return foundMail(await get(path, [['format', 'metadata'], ...heads]));
      });
      mails.push(...(await Promise.all(some)).flat());
    }
    return mails;
  }

  async check(
    connection: GmailConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    await callGoogle(connection, signal, { method: 'GET', url: this.url('profile') });
  }

  private url(path: string): string {
    return new URL(`gmail/v1/users/me/${path}`, this.appSettings.GMAIL_API_URL).href;
  }
}

function foundMail({ id, snippet, payload }: Record<string, unknown>): FoundItem[] {
  const { headers } = (payload ?? {}) as { headers?: unknown };
  const head = (wanted: string): unknown =>
    listOf(headers).find(({ name }) => String(name).toLowerCase() === wanted)?.value;
  const url = `https://mail.google.com/mail/u/0/#all/${String(id)}`;
  return foundItem({ id, title: head('subject'), excerpt: snippet, at: head('date'), url });
}

function receipt(id: unknown): SendReceipt {
  return { status: 200, ...(typeof id === 'string' ? { externalId: id } : {}) };
}
