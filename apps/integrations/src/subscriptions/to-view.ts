import type { MessageEntity } from './message.entity';
import type { Subscription, SubscriptionDelivery } from './subscription.dto';
import type { SubscriptionEntity } from './subscription.entity';

export function toSubscription(row: SubscriptionEntity, now = new Date()): Subscription {
  const { id, url, kinds, status, pausedReason, previousUntil } = row;
  const overlaps = previousUntil !== null && previousUntil > now;
  return {
    id,
    url,
    kinds,
    status,
    pausedReason,
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: overlaps ? previousUntil.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** The `webhook-id` of a message: one per entry and subscription, however often it is sent. */
export function webhookIdOf({ id }: Pick<MessageEntity, 'id'>): string {
  return `msg_${id}`;
}

export function toSubscriptionDelivery(row: MessageEntity): SubscriptionDelivery {
  const { id, meetingId, cursor, kind, status, tries, attempts } = row;
  const isOpen = status === 'planned' || status === 'sending';
  return {
    id,
    webhookId: webhookIdOf(row),
    meetingId,
    cursor,
    kind,
    status,
    tries,
    attempts,
    nextAttemptAt: isOpen ? row.nextAttemptAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
  };
}
