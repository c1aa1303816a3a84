import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';
import type { MessageOutcome } from './message-carrier';
import { MessagesRepository } from './messages.repository';

/** How posting to subscriptions goes, and how much waits. */
@Injectable()
export class SubscriptionMetrics {
  private readonly outcomes: Counter<'outcome'>;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(MessagesRepository) messages: MessagesRepository,
  ) {
    this.outcomes = metrics.counter(
      'subscription_messages_total',
      'Tries to post an event to a subscription: accepted, refused, later or withdrawn.',
      ['outcome'],
    );
    const helps = {
      subscription_messages_waiting:
        'Events that wait for a subscription, paused ones included, of all replicas.',
      subscription_oldest_due_age_seconds: 'How long the most overdue of them has been due.',
    };
    metrics.sampled(helps, [], async () => {
      const { waiting, overdueSeconds } = await messages.backlog();
      return (gauges) => {
        gauges.subscription_messages_waiting.set(waiting);
        gauges.subscription_oldest_due_age_seconds.set(overdueSeconds);
      };
    });
  }

  tried(outcome: MessageOutcome['kind']): void {
    this.outcomes.inc({ outcome });
  }
}
