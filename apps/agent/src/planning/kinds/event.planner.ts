import type { Planner, SpokenLine } from '../draft';
import { asTitle, sentencesOf, type Sentence } from '../sentences';

const SCHEDULE =
  /\b(?:schedule|set up|arrange|book|plan|organi[sz]e|have|hold)\s+(?:an?\s+|another\s+|the\s+|our\s+)?(?<what>(?:[\w-]+\s+){0,3}?(?:meeting|call|review|workshop|session|sync|appointment))\b(?:\s+with\s+(?<who>(?:the\s+)?[\w-]+(?:\s+(?:team|group|customers?))?))?/i;
const MEET =
  /\b(?:let us|let's|can we|could we|shall we|we should)\s+(?<what>meet|talk|speak)\b(?:\s+again)?(?:\s+with\s+(?<who>(?:the\s+)?[\w-]+(?:\s+(?:team|group))?))?/i;

/** When nobody said how long. */
const ASSUMED_MINUTES = 30;

/** Somebody wants to meet. */
export function eventWish(sentence: string): { what: string; who?: string } | null {
  const groups = (SCHEDULE.exec(sentence) ?? MEET.exec(sentence))?.groups;
  if (!groups?.what) return null;
  const what = /^(meet|talk|speak)$/i.test(groups.what) ? 'meeting' : groups.what;
  return { what, ...(groups.who ? { who: groups.who } : {}) };
}

/** On a wish to meet at a time that was said: an event. Without a time there is nothing to enter. */
export const planEvent: Planner = ({ line }) => {
  for (const sentence of sentencesOf(line.segment.text)) {
    const wish = eventWish(sentence.text);
    const when = wish && whenIn(sentence, line);
    if (!wish || !when) continue;
    const title = asTitle(wish.who ? `${wish.what} with ${wish.who}` : wish.what);
    return {
      kind: 'event',
      text: `${title}, ${when.text}`,
      arguments: {
        title,
        ...times(when.value),
        ...(wish.who ? { attendees: [{ name: wish.who }] } : {}),
      },
      confidence: 0.8,
      reasons: ['Somebody wants to meet.', `A time was spoken: ${when.value}.`],
      citations: [{ type: 'segment', id: line.segment.id, quote: sentence.text }],
    };
  }
  return null;
};

function whenIn(sentence: Sentence, line: SpokenLine): { text: string; value: string } | null {
  const end = sentence.start + sentence.text.length;
  const found = line.insight.entities.find(
    (entity) =>
      entity.type === 'date' &&
      entity.value &&
      entity.start >= sentence.start &&
      entity.start < end,
  );
  return found?.value ? { text: found.text, value: found.value } : null;
}

/** A day alone is an all-day event; a time of day gets an end that is marked as assumed. */
export function times(value: string): Record<string, unknown> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { date: value };
  return { start: value, end: later(value, ASSUMED_MINUTES), endAssumed: true };
}

/** Keeps the offset in which the start is written. */
function later(value: string, minutes: number): string {
  const offset = /(?:Z|[+-]\d{2}:\d{2})$/.exec(value)?.[0] ?? 'Z';
  const wallMs = new Date(`${value.slice(0, 19)}Z`).getTime() + minutes * 60_000;
  return `${new Date(wallMs).toISOString().slice(0, 19)}${offset}`;
}
