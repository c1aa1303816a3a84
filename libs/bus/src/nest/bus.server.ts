import { BaseRpcContext, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { MessageHandler, MsPattern } from '@nestjs/microservices';
import { EVENT_TYPES, topicOf, type Envelope, type EventType, type Topic } from '@parley/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import { BusSetupError } from '../delivery/bus-errors';
import { nobodyListens, type GroupListener } from '../delivery/group-listener';
import type { EventBus, Subscription } from '../event-bus';

/** Runs a handler inside whatever its service wants around it: request context, trace, log fields. */
export type EventContext = (event: Envelope, next: () => Promise<void>) => Promise<void>;

export interface BusServerOptions {
  /** The service's consumer group. */
  group: string;
  /** Topics of which this service must handle something. */
  topics?: readonly Topic[];
}

/** Nest's door to the bus: collects the `@OnEvent` methods of one service and subscribes them. */
export class BusServer extends Server implements CustomTransportStrategy {
  private readonly problems: string[] = [];
  private subscription: Promise<Subscription> | undefined;
  private around: EventContext = (_event, next) => next();
  private listener: GroupListener = nobodyListens;
  private listening = false;

  constructor(
    private readonly bus: EventBus,
    private readonly options: BusServerOptions,
  ) {
    super();
  }

  /** Says what runs around every handler; the last one said counts. */
  setEventContext(around: EventContext): void {
    this.around = around;
  }

  /** Says who is told what happens to this service's messages. */
  setListener(listener: GroupListener): void {
    this.listener = listener;
  }

  /** Whether its events have begun to come. */
  get isListening(): boolean {
    return this.listening;
  }

  get group(): string {
    return this.options.group;
  }

  /** The topics that this service has handlers for. */
  get topics(): Topic[] {
    return [...new Set(([...this.messageHandlers.keys()] as EventType[]).map(topicOf))];
  }

  /** Nest would chain a second handler of a type behind the first, where one hides the other's failure. */
  override addHandler(
    pattern: MsPattern,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const type = this.normalizePattern(pattern);
    if (!isEventHandler) this.problems.push(`${type} wants an answer: the bus carries events only`);
    else if (!EVENT_TYPES.includes(type as EventType)) this.problems.push(`${type} is no event`);
    else if (this.messageHandlers.has(type)) this.problems.push(`${type} has two handlers`);
    super.addHandler(pattern, handler, isEventHandler, extras);
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => {
        callback();
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  /** Stops reading and waits for the handlers in hand; may be called twice, and before `listen`. */
  async close(): Promise<void> {
    this.listening = false;
    const subscription = await this.subscription?.catch(() => undefined);
    await subscription?.close();
  }

  on(): void {
    throw new Error('the bus has no connection events: ask the health check');
  }

  unwrap<T>(): T {
    return this.bus as T;
  }

  private async start(): Promise<void> {
    const types = [...this.messageHandlers.keys()] as EventType[];
    const topics = this.problems.length > 0 ? [] : this.topics;
    for (const topic of this.options.topics ?? []) {
      if (!topics.includes(topic)) this.problems.push(`topic ${topic} has no handler`);
    }
    if (this.problems.length > 0) throw new BusSetupError(this.problems);
    this.subscription = this.bus.subscribe({
      group: this.options.group,
      topics,
      types,
      handler: (event) => this.around(event, () => this.dispatch(event)),
      listener: this.listener,
    });
    await this.subscription;
    this.listening = true;
  }

  private async dispatch(event: Envelope): Promise<void> {
    const handler = this.getHandlerByPattern(event.type);
    if (!handler) return;
    const result: unknown = await handler(event, new BaseRpcContext([event]));
    // Nest reports a handler's failure as an observable that errs: it has to be awaited to be heard.
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}
