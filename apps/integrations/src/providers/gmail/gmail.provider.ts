import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
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
import { draftArguments, mailArguments } from '../tool-arguments';

const settingsSchema = z.object({ refreshToken });
type GmailConnection = OpenConnection<z.infer<typeof settingsSchema>>;

const SEND = 'gmail.email.send';
/** Drafts and sending; it can read drafts, and no other mail. */
const SCOPES = ['https://www.googleapis.com/auth/gmail.compose'];

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

  override get oauth(): OAuthApp | undefined {
    return googleApp(this.appSettings, SCOPES);
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

function receipt(id: unknown): SendReceipt {
  return { status: 200, ...(typeof id === 'string' ? { externalId: id } : {}) };
}
