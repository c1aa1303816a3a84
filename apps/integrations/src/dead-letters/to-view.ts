import type { DeadLetter } from '@parley/bus';
import { requestContext } from '@parley/service';
import type { DeadLetterView } from './dead-letter.view';

const SHORT = /^[\w.-]{1,128}$/;

/** Of the message itself only its names: a letter may hold what people said. */
export function toView(letter: DeadLetter): DeadLetterView {
  const { id, topic, group, reason, deliveries, diedAt } = letter;
  const { type, meetingId, requestId } = namesIn(letter.event);
  return {
    id: `${topic}:${id}`,
    topic,
    service: group,
    ...(type === undefined ? {} : { type }),
    ...(meetingId === undefined ? {} : { meetingId }),
    ...(requestId === undefined ? {} : { requestId }),
    reason,
    deliveries,
    diedAt: diedAt.toISOString(),
  };
}

/** The holder of a workspace's key sees its letters; only the operator those that nobody can tell whose they are. */
export function mayBeSeen(letter: DeadLetter): boolean {
  const { caller, workspaceId } = requestContext();
  return caller.kind !== 'member' || fieldsOf(letter.event).workspaceId === workspaceId;
}

function namesIn(event: string): { type?: string; meetingId?: string; requestId?: string } {
  const { type, meetingId, requestId } = fieldsOf(event);
  return {
    ...named('type', type),
    ...named('meetingId', meetingId),
    ...named('requestId', requestId),
  };
}

function fieldsOf(event: string): Record<string, unknown> {
  try {
    return (JSON.parse(event) ?? {}) as Record<string, unknown>;
  } catch {
    // That may be why it died.
    return {};
  }
}

function named<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  const isName = typeof value === 'string' && SHORT.test(value);
  return (isName ? { [name]: value } : {}) as Partial<Record<Name, string>>;
}
