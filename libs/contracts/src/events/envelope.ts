import { isInt, isISO8601, isObject, isString } from 'class-validator';
import { EVENT_TYPES, type EventData, type EventType } from './event-types';

/** What travels on the bus. `data` is the class that {@link EventData} names for `type`. */
export class Envelope<Type extends EventType = EventType> {
  /** UUIDv7; a consumer that sees it twice does nothing the second time. */
  id: string;
  type: Type;
  version: number;
  workspaceId: string;
  meetingId?: string;
  /** RFC 3339. */
  occurredAt: string;
  /** Id of the request, or of the other work, that caused it, however far back. */
  requestId?: string;
  /** W3C trace context of the work that caused it; empty when nothing is traced. */
  traceparent: string;
  data: EventData[Type];
}

/** An envelope of any type, as a union that narrows on `type`. */
export type AnyEnvelope = { [Type in EventType]: Envelope<Type> }[EventType];

type Rule = [holds: (value: unknown) => boolean, mustBe: string];

const text: Rule = [isString, 'must be a string'];
const textOrNothing: Rule = [
  (value) => value === undefined || value === null || isString(value),
  'must be a string',
];

/** Plain functions, since every message of every service passes here: decorators cost four times as much. */
const RULES: Record<keyof Envelope, Rule> = {
  id: text,
  type: [(value) => EVENT_TYPES.includes(value as EventType), 'is unknown'],
  version: [(value) => isInt(value) && (value as number) >= 1, 'must be an integer, at least 1'],
  workspaceId: text,
  meetingId: textOrNothing,
  occurredAt: [isISO8601, 'must be an ISO 8601 date'],
  requestId: textOrNothing,
  traceparent: text,
  data: [isObject, 'must be an object'],
};

const FIELDS = Object.entries(RULES);

/** What is wrong with the fields of an envelope, each said as `field: …`; its `data` is looked at by itself. */
export function envelopeFaults(plain: Record<string, unknown>): string[] {
  const faults: string[] = [];
  for (const [field, [holds, mustBe]] of FIELDS) {
    if (!holds(plain[field])) faults.push(`${field}: ${mustBe}`);
  }
  return faults;
}

/** The fields of an envelope, and no others. */
export function envelopeOf(plain: Record<string, unknown>): Envelope {
  const envelope: Record<string, unknown> = {};
  for (const [field] of FIELDS) {
    const value = plain[field] ?? undefined;
    if (value !== undefined) envelope[field] = value;
  }
  return Object.assign(new Envelope(), envelope);
}
