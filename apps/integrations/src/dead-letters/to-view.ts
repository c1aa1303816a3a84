import type { DeadLetter } from '@parley/bus';
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

function namesIn(event: string): { type?: string; meetingId?: string; requestId?: string } {
  let plain: unknown;
  try {
    plain = JSON.parse(event);
  } catch {
    // That may be why it died.
    return {};
  }
  const { type, meetingId, requestId } = (plain ?? {}) as Record<string, unknown>;
  return {
    ...named('type', type),
    ...named('meetingId', meetingId),
    ...named('requestId', requestId),
  };
}

function named<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  const isName = typeof value === 'string' && SHORT.test(value);
  return (isName ? { [name]: value } : {}) as Partial<Record<Name, string>>;
}
