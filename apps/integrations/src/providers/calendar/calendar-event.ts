import type { ActionArguments, Citation } from '@parley/contracts';
import { actionText } from '../action-text';
import { refusal } from '../provider-failure';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/**
 * An action as an event of Google's (developers.google.com/calendar/api/v3/reference/events).
 * @throws ProviderFailure when it says no time: an event is never guessed
 */
export function calendarEvent(
  actionId: string,
  given: ActionArguments,
  citations: readonly Citation[],
): Record<string, unknown> {
  const { title, start, end, date, attendees, endAssumed: _, ...rest } = given;
  const { heading, body, details, quotes } = actionText(rest, citations);
  const notes = [...(body === undefined ? [] : [body]), ...details, ...quotes.map((q) => `> ${q}`)];
  return {
    id: eventId(actionId),
    summary: typeof title === 'string' && title.trim() !== '' ? title : heading,
    description: notes.join('\n'),
    ...times(start, end, date),
    attendees: withAddress(attendees),
  };
}

/** The characters that Google takes for an id of ours are base32hex: the hex digits of the action's are among them. */
export function eventId(actionId: string): string {
  return actionId.replaceAll('-', '').toLowerCase();
}

function times(start: unknown, end: unknown, date: unknown): { start: object; end: object } {
  if (typeof date === 'string' && DAY.test(date)) {
    const next = new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
    return { start: { date }, end: { date: next } };
  }
  if (typeof start === 'string' && typeof end === 'string') {
    return { start: { dateTime: start }, end: { dateTime: end } };
  }
  throw refusal('the event says neither a day nor when it starts and ends');
}

function withAddress(attendees: unknown): { email: string; displayName?: string }[] {
  if (!Array.isArray(attendees)) return [];
  return attendees.flatMap((each: unknown) => {
    const { email, name } = (each ?? {}) as { email?: unknown; name?: unknown };
    if (typeof email !== 'string') return [];
    return [{ email, ...(typeof name === 'string' ? { displayName: name } : {}) }];
  });
}
