import type { Topic } from '@parley/contracts';
import type { Metrics } from '@parley/observability';
import type { DeliveryOutcome, GroupListener } from '../delivery/group-listener';
import type { EventBus } from '../event-bus';

/** Counts what happens to a service's messages, and asks the bus how far its group is when somebody scrapes. */
export function busMetrics(
  metrics: Metrics,
  bus: EventBus,
  group: string,
  topics: () => readonly Topic[],
): GroupListener {
  const by = ['topic', 'group'] as const;
  const handled = metrics.counter(
    'bus_deliveries_total',
    'Deliveries of messages to handlers, by what became of them: done, retry, put-off (an outage) or dead.',
    [...by, 'outcome'],
  );
  const seconds = metrics.histogram(
    'bus_handler_duration_seconds',
    'Time a handler took for one delivery.',
    by,
  );
  const claimed = metrics.counter(
    'bus_claimed_messages_total',
    'Messages taken over from a consumer that left them lying.',
    by,
  );
  const trimmed = metrics.counter(
    'bus_trimmed_messages_total',
    'Messages removed because every group was done with them.',
    by,
  );
  const vanished = metrics.counter(
    'bus_vanished_messages_total',
    'Unacknowledged messages that no longer existed: they are lost to this group.',
    by,
  );
  const regrouped = metrics.counter(
    'bus_regrouped_total',
    'Times the bus had lost the consumer group and it was made again.',
    ['group'],
  );
  regrouped.inc({ group }, 0);
  metrics.sampled(
    {
      bus_lag_messages: 'Messages that no consumer of the group was given yet.',
      bus_pending_messages: 'Messages given to a consumer and not acknowledged yet.',
      bus_oldest_message_age_seconds: 'Age of the oldest message waiting or not acknowledged.',
      bus_dead_letters: 'Dead letters kept of the topic, of all its groups.',
    },
    by,
    async () => {
      const states = await bus.state(group, topics());
      return (gauges) => {
        for (const { topic, lag, pending, oldestMs, deadLetters } of states) {
          gauges.bus_lag_messages.set({ topic, group }, lag);
          gauges.bus_pending_messages.set({ topic, group }, pending);
          gauges.bus_oldest_message_age_seconds.set({ topic, group }, oldestMs / 1_000);
          gauges.bus_dead_letters.set({ topic, group }, deadLetters);
        }
      };
    },
  );
  return {
    handled: (topic: Topic, outcome: DeliveryOutcome, took: number) => {
      handled.inc({ topic, group, outcome });
      seconds.observe({ topic, group }, took);
    },
    claimed: (topic, count) => {
      claimed.inc({ topic, group }, count);
    },
    trimmed: (topic, count) => {
      trimmed.inc({ topic, group }, count);
    },
    vanished: (topic, count) => {
      vanished.inc({ topic, group }, count);
    },
    regrouped: () => {
      regrouped.inc({ group });
    },
  };
}
