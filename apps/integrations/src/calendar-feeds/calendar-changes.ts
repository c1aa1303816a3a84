import { createHash } from 'node:crypto';
import { makeEvent, type Envelope } from '@parley/contracts';
import type { CalendarEventEntity } from './calendar-event.entity';
import type { Occurrence } from './reading/occurrence';

export interface Changes {
  /** New, or not as they were. */
  planned: { row: CalendarEventEntity; occurrence: Occurrence }[];
  /** Not there any more. */
  cancelled: CalendarEventEntity[];
}

/** What a reading changes of what was told before. */
export function changesOf(
  feedId: string,
  known: readonly CalendarEventEntity[],
  occurrences: readonly Occurrence[],
): Changes {
  const hashes = new Map(known.map(({ key, hash }) => [key, hash]));
  const planned = occurrences
    .map((occurrence) => ({ row: toRow(feedId, occurrence), occurrence }))
    .filter(({ row }) => hashes.get(row.key) !== row.hash);
  const there = new Set(occurrences.map(({ key }) => key));
  return { planned, cancelled: known.filter(({ key }) => !there.has(key)) };
}

/** The events that tell of them. */
export function eventsOf(
  { planned, cancelled }: Changes,
  { id: feedId, workspaceId, revision }: { id: string; workspaceId: string; revision: number },
): Envelope[] {
  const about = { workspaceId };
  return [
    ...planned.map(({ occurrence }) =>
      makeEvent('calendar.planned', { ...occurrence, feedId, revision }, about),
    ),
    ...cancelled.map(({ key, endsAt }) => {
      const data = { feedId, key, revision, endsAt: endsAt.toISOString() };
      return makeEvent('calendar.cancelled', data, about);
    }),
  ];
}

function toRow(feedId: string, occurrence: Occurrence): CalendarEventEntity {
  const hash = createHash('sha256').update(JSON.stringify(occurrence)).digest('hex');
  return { feedId, key: occurrence.key, hash, endsAt: new Date(occurrence.endsAt) };
}
