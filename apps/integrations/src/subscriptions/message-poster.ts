import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { DeliveryAttempt } from '@parley/contracts';
import { Breakers, compose, RetryBudgets, Timeout, type RetryBudget } from '@parley/resilience';
import { timedAttempt, type AttemptResult } from '../deliveries/timed-attempt';
import type { IntegrationsSettings } from '../integrations.settings';
import { OutboundHttp } from '../outbound/outbound-http';
import { OutboundError } from '../outbound/outbound.error';
import { ProviderFailure } from '../providers/provider-failure';
import { signedHeaders } from '../providers/webhook/standard-webhooks';
import { assertAccepted } from '../providers/webhook/webhook-answer';
import type { SubscriptionEntity } from './subscription.entity';
import { SubscriptionSecrets } from './subscription-secrets';

/** What the breakers and retry budgets of subscriptions are called; each has its own. */
const NAME = 'subscription';

export type PostResult = AttemptResult<{ status: number }>;

/** Posts one signed message to a subscription: guarded, no redirects, within the time of one attempt. */
@Injectable()
export class MessagePoster {
  private readonly limit: Timeout;

  constructor(
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(Breakers) private readonly breakers: Breakers,
    @Inject(RetryBudgets) private readonly budgets: RetryBudgets,
    @Inject(SubscriptionSecrets) private readonly secrets: SubscriptionSecrets,
    @Inject(SETTINGS) { PROVIDER_TIMEOUT_DEFAULT_SECONDS: seconds }: IntegrationsSettings,
  ) {
    this.limit = new Timeout({ limitMs: seconds * 1_000 });
  }

  /**
   * @throws BreakerOpenError when the receiver failed too often a moment ago, and nothing was sent
   * @throws SecretBoxError when the secret cannot be opened
   */
  post(subscription: SubscriptionEntity, webhookId: string, message: object): Promise<PostResult> {
    const breaker = this.breakers.of(NAME, subscription.id);
    return this.send(subscription, webhookId, message, compose(breaker, this.limit));
  }

  /** The same because a person asked: whatever the breaker says. */
  try(subscription: SubscriptionEntity, webhookId: string, message: object): Promise<PostResult> {
    return this.send(subscription, webhookId, message, this.limit);
  }

  /** What bounds how often messages are posted again. */
  retries({ id }: SubscriptionEntity): RetryBudget {
    return this.budgets.of(NAME, id);
  }

  private send(
    subscription: SubscriptionEntity,
    id: string,
    message: object,
    policy: Parameters<typeof timedAttempt>[0],
  ): Promise<PostResult> {
    const secrets = this.secrets.valid(subscription);
    const body = JSON.stringify(message);
    const { signal } = new AbortController();
    return timedAttempt(policy, signal, async (within) => {
      const at = new Date();
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Parley',
        ...signedHeaders(secrets, { id, body, at }),
      };
      try {
        const answer = await this.http.post(subscription.url, body, headers, within);
        assertAccepted(answer, at);
        return { status: answer.status };
      } catch (error) {
        if (!(error instanceof OutboundError)) throw error;
        // A refused address is ours to refuse, not the receiver's failure.
        const facts = { retryable: !error.refused, uncertain: error.written };
        throw new ProviderFailure(error.reason, facts, { cause: error });
      }
    });
  }
}

/** The attempt of a message that could not be signed. */
export function unsigned(): DeliveryAttempt {
  const at = new Date().toISOString();
  return { at, outcome: 'failed', ms: 0, reason: 'the secret cannot be decrypted' };
}
