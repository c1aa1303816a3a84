import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DestinationGuard } from '../../outbound/destination-guard';
import { composed, outgoingMail } from '../mail/outgoing-mail';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { refusal } from '../provider-failure';
import { mailArguments } from '../tool-arguments';
import { converse, type Letter } from './smtp-conversation';

const settingsSchema = z.object({
  host: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an address')
    .meta({ description: 'Name of the mail server.' }),
  // A form sends it as text.
  port: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(465)
    .meta({ description: '465 unless said.' }),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .default('tls')
    .meta({ description: '`tls` from the start, `starttls` before the password, or `none`.' }),
  user: z.string().min(1).max(320).optional().meta({ description: 'Whom to log in as.' }),
  password: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ secret: true, description: 'Its password.' }),
  from: z.email().meta({ description: 'Whom mails are from.' }),
});
type SmtpConnection = OpenConnection<z.infer<typeof settingsSchema>>;

/** Any mail server. A mail is sent once: when nobody knows whether it went out, a person decides. */
@Injectable()
export class SmtpProvider extends Provider<typeof settingsSchema> {
  readonly id = 'smtp';
  readonly name = 'Mail (SMTP)';
  readonly tools = [
    {
      name: 'smtp.email.send',
      class: 'once' as const,
      risk: 'high' as const,
      arguments: mailArguments,
      description: 'Sends an email.',
    },
  ];
  override readonly serverPerConnection = true;
  readonly settingsSchema = settingsSchema;

  constructor(@Inject(DestinationGuard) private readonly guard: DestinationGuard) {
    super();
  }

  override async admit({ host, port }: SmtpConnection['settings']): Promise<void> {
    await this.guard.addressOf(host, port);
  }

  async send(
    action: OutgoingAction,
    { settings }: SmtpConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const mail = outgoingMail(action.actionId, action.arguments, action.citations);
    if (mail.to.length === 0) {
      throw refusal('nobody whom it is for has an email address');
    }
    const { from } = settings;
    const text = await composed({ ...mail, from });
    await this.converse(settings, { from, to: [...mail.to, ...mail.cc], text }, signal);
    return { externalId: mail.messageId };
  }

  async check(
    { settings }: SmtpConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    await this.converse(settings, null, signal);
  }

  private async converse(
    { host, port, security, user, password }: SmtpConnection['settings'],
    letter: Letter | null,
    signal: AbortSignal,
  ): Promise<void> {
    // The address that was looked at: a second answer of the name's is never asked for.
    const address = await this.address(host, port);
    const login = user === undefined ? null : { user, pass: password ?? '' };
    await converse({ name: host, address, port, security, login }, letter, signal);
  }

  private async address(host: string, port: number): Promise<string> {
    try {
      return await this.guard.addressOf(host, port);
    } catch (error) {
      throw refusal('the mail server is at a private address', {
        cause: error,
      });
    }
  }
}
