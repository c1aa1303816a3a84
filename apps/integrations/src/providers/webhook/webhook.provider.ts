import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@parley/contracts';
import { z } from 'zod';
import { DestinationGuard } from '../../outbound/destination-guard';
import { OutboundHttp } from '../../outbound/outbound-http';
import { OutboundError } from '../../outbound/outbound.error';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { ProviderFailure } from '../provider-failure';
import { anyArguments } from '../tool-arguments';
import { isWebhookSecret, webhookHeaders, webhookId } from './standard-webhooks';
import { assertAccepted } from './webhook-answer';

const settingsSchema = z.object({
  url: z.string().min(1).max(2_048).meta({ description: 'Where actions are posted as JSON.' }),
  secret: z
    .string()
    .refine(isWebhookSecret, 'must be whsec_ followed by the base64 of 24 to 64 bytes')
    .meta({ secret: true, description: 'Signs each request, as Standard Webhooks describes.' }),
});
type WebhookSettings = z.infer<typeof settingsSchema>;

/** Any HTTP endpoint that speaks Standard Webhooks. At least once, always under the same `webhook-id`. */
@Injectable()
export class WebhookProvider extends Provider<typeof settingsSchema> {
  readonly id = 'webhook';
  readonly name = 'Webhook';
  readonly tools = [
    {
      name: 'webhook.post',
      class: 'at-least-once' as const,
      risk: 'high' as const,
      arguments: anyArguments,
      description: 'Posts any action to your endpoint; `webhook-id` tells a repetition.',
    },
  ];
  override readonly serverPerConnection = true;
  readonly settingsSchema = settingsSchema;

  constructor(
    @Inject(DestinationGuard) private readonly guard: DestinationGuard,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
  ) {
    super();
  }

  override admit(settings: WebhookSettings): Promise<void> {
    return this.guard.admit(settings.url);
  }

  async send(
    action: OutgoingAction,
    { settings }: OpenConnection<WebhookSettings>,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const { actionId, meetingId, tool, citations } = action;
    const payload = { type: 'action', actionId, meetingId, tool };
    const body = JSON.stringify({ ...payload, arguments: action.arguments, citations });
    return this.post(settings, actionId, body, signal);
  }

  /** Posts `{ "type": "test" }`, signed like everything else. */
  async check(
    { id, settings }: OpenConnection<WebhookSettings>,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    const body = JSON.stringify({ type: 'test', connectionId: id });
    await this.post(settings, `test_${newId()}`, body, signal);
  }

  private async post(
    { url, secret }: WebhookSettings,
    actionId: string,
    body: string,
    signal: AbortSignal,
  ): Promise<SendReceipt> {
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Parley',
      ...webhookHeaders(secret, { actionId, body, at }),
    };
    try {
      const answer = await this.http.post(url, body, headers, signal);
      assertAccepted(answer, at);
      return { externalId: webhookId(actionId), status: answer.status };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const facts = { retryable: !error.refused, uncertain: error.written };
      throw new ProviderFailure(error.reason, facts, { cause: error });
    }
  }
}
