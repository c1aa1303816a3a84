import { InvalidEventError, parseEvent, type EventType } from '@parley/contracts';
import type { EventHandler } from '../event-bus';

/** What a transport hands over: the event's JSON and, beside it, its type. */
export interface RawEvent {
  /** Undefined when the entry was not written by this bus. */
  type: string | undefined;
  json: string | undefined;
  /** The one group that it is for: a dead letter that comes back. */
  only?: string;
}

/** One consumer's way with a message, whatever the transport: skip, validate, hand to the handler. */
export class EventTaker {
  private readonly types: ReadonlySet<string>;

  constructor(
    types: readonly EventType[],
    private readonly handler: EventHandler,
    private readonly group: string,
  ) {
    this.types = new Set(types);
  }

  /**
   * Resolves when the message is dealt with.
   * @throws InvalidEventError when no delivery can ever succeed, else what the handler threw.
   */
  async take({ type, json, only }: RawEvent): Promise<void> {
    if (only !== undefined && only !== this.group) return;
    // Not ours, and perhaps of a newer version than we know: another group's business, left unparsed.
    if (type !== undefined && !this.types.has(type)) return;
    if (json === undefined) throw new InvalidEventError(['no event in the message']);
    const event = parseEvent(json);
    if (this.types.has(event.type)) await this.handler(event);
  }
}
