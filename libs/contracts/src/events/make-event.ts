import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { DEFAULT_WORKSPACE, newId } from '../values/ids';
import { Envelope, envelopeFaults, envelopeOf } from './envelope';
import { events, EVENT_TYPES, type EventData, type EventType } from './event-types';
import { InvalidEventError } from './invalid-event.error';

/** Puts `data` into a fresh envelope: new id, version 1, now. */
export function makeEvent<Type extends EventType>(
  type: Type,
  data: EventData[Type],
  about: { meetingId?: string; workspaceId?: string; traceparent?: string } = {},
): Envelope<Type> {
  const envelope = new Envelope<Type>();
  envelope.id = newId();
  envelope.type = type;
  envelope.version = 1;
  envelope.workspaceId = about.workspaceId ?? DEFAULT_WORKSPACE;
  if (about.meetingId !== undefined) envelope.meetingId = about.meetingId;
  envelope.occurredAt = new Date().toISOString();
  envelope.traceparent = about.traceparent ?? '';
  envelope.data = data;
  return envelope;
}

/**
 * Reads an envelope from untrusted JSON.
 * @throws InvalidEventError naming every field that is wrong, or the unknown type or version.
 */
export function parseEvent(json: string): Envelope {
  let plain: unknown;
  try {
    plain = JSON.parse(json);
  } catch {
    throw new InvalidEventError(['not JSON']);
  }
  if (typeof plain !== 'object' || plain === null) throw new InvalidEventError(['not an object']);
  const type = (plain as { type?: unknown }).type;
  if (typeof type !== 'string' || !EVENT_TYPES.includes(type as EventType)) {
    throw new InvalidEventError([`unknown type ${JSON.stringify(type)}`]);
  }
  const body = (plain as { data?: unknown }).data;
  if (typeof body !== 'object' || body === null) throw new InvalidEventError(['data: missing']);
  const envelope = envelopeOf(plain as Record<string, unknown>);
  if (envelope.version > 1) throw new InvalidEventError([`unknown version ${envelope.version}`]);
  const data: object = plainToInstance(events[type as EventType].data as new () => object, body);
  const faults = [
    ...envelopeFaults(plain as Record<string, unknown>),
    ...validateSync(data).flatMap((error) => describe(error)),
  ];
  if (faults.length > 0) throw new InvalidEventError(faults);
  envelope.data = data as Envelope['data'];
  return envelope;
}

function describe(error: ValidationError, path = ''): string[] {
  const here = path + error.property;
  const own = Object.values(error.constraints ?? {}).map((rule) => `${here}: ${rule}`);
  return [...own, ...(error.children ?? []).flatMap((child) => describe(child, `${here}.`))];
}
