import { topicOf, type Envelope, type EventType, type Topic } from '@parley/contracts';
import {
  inSpan,
  makeContext,
  requestContext,
  runInContext,
  type RequestContext,
} from '@parley/observability';
import { isTracing } from '@parley/tracing';
import type { DeadLetters } from '../delivery/dead-letter';
import type { GroupListener, GroupState } from '../delivery/group-listener';
import type {
  EventBus,
  EventHandler,
  FileRewrite,
  Forgetting,
  Forgotten,
  Subscription,
} from '../event-bus';

/**
 * A bus whose handlers work in the context of what caused their event: its request id, workspace and trace, and
 * not within the sender's time. Both ways are spans where something is traced.
 */
export class ContextualEventBus implements EventBus {
  constructor(
    private readonly bus: EventBus,
    private readonly service: string,
  ) {}

  get mode(): EventBus['mode'] {
    return this.bus.mode;
  }

  get deadLetters(): DeadLetters {
    return this.bus.deadLetters;
  }

  async publish(...events: Envelope[]): Promise<void> {
    await Promise.all(events.map((event) => this.publishOne(event)));
  }

  subscribe(options: {
    group: string;
    topics: readonly Topic[];
    types: readonly EventType[];
    handler: EventHandler;
    listener?: GroupListener;
  }): Promise<Subscription> {
    const { handler, group } = options;
    const inItsContext: EventHandler = (event) =>
      runInContext(contextOf(event, this.service), () =>
        inSpan(
          `process ${topicOf(event.type)}`,
          {
            kind: 'consumer',
            parent: event.traceparent,
            attributes: { ...about(event, 'process'), 'messaging.consumer.group.name': group },
          },
          () => handler({ ...event, traceparent: requestContext().traceparent }),
        ),
      );
    return this.bus.subscribe({ ...options, handler: inItsContext });
  }

  state(group: string, topics: readonly Topic[]): Promise<GroupState[]> {
    return this.bus.state(group, topics);
  }

  dataId(): Promise<string | null> {
    return this.bus.dataId();
  }

  forget(meetingId: string, which?: Forgetting): Promise<Forgotten> {
    return this.bus.forget(meetingId, which);
  }

  rewriteFiles(): Promise<FileRewrite> {
    return this.bus.rewriteFiles();
  }

  ping(): Promise<void> {
    return this.bus.ping();
  }

  close(): Promise<void> {
    return this.bus.close();
  }

  private publishOne(event: Envelope): Promise<void> {
    // Whoever hands it over may do so in a context that has nothing to do with its cause.
    if (!isTracing()) return this.bus.publish(event);
    return inSpan(
      `send ${topicOf(event.type)}`,
      {
        kind: 'producer',
        parent: event.traceparent,
        service: this.service,
        attributes: about(event, 'send'),
      },
      () => this.bus.publish({ ...event, traceparent: requestContext().traceparent }),
    );
  }
}

function contextOf(event: Envelope, service: string): RequestContext {
  const { requestId = '', workspaceId, traceparent } = event;
  return makeContext(service, { requestId, workspaceId, traceparent });
}

function about(event: Envelope, operation: 'send' | 'process') {
  return {
    'messaging.system': 'parley',
    'messaging.operation.type': operation,
    'messaging.destination.name': topicOf(event.type),
    'messaging.message.id': event.id,
    'parley.event.type': event.type,
    ...(event.meetingId === undefined ? {} : { 'parley.meeting.id': event.meetingId }),
  };
}
