import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import { participantsOf, platformOf, titleOf } from './event-text';
import type { Occurrence, Reading, ReadingRequest } from './occurrence';
import { instantsOf } from './recurrence';
import { Zones } from './zones';

const DAY_MS = 24 * 3_600_000;

interface Series {
  master?: ICAL.Component;
  /** Occurrences that were changed by themselves, by the instant at which they were to begin. */
  changed: Map<number, ICAL.Component>;
}

/**
 * The meetings of a calendar (RFC 5545) within a time: recurring ones day by day, those that were cancelled left out,
 * whole days too, since nobody meets all day.
 * @throws Error when it is no calendar
 */
export function readCalendar({ text, timeZone, fromMs, untilMs, most }: ReadingRequest): Reading {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  if (calendar.name !== 'vcalendar') throw new Error('no calendar');
  const zones = new Zones(calendar, timeZone);
  const found: Occurrence[] = [];
  let unread = 0;
  for (const [uid, series] of seriesOf(calendar, zones)) {
    try {
      found.push(...occurrencesOf(uid, series, zones, { fromMs, untilMs }));
    } catch {
      unread += 1;
    }
  }
  found.sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.key.localeCompare(b.key));
  return { occurrences: found.slice(0, most), leftOut: Math.max(0, found.length - most), unread };
}

function seriesOf(calendar: ICAL.Component, zones: Zones): Map<string, Series> {
  const all = new Map<string, Series>();
  for (const event of calendar.getAllSubcomponents('vevent')) {
    const uid = event.getFirstPropertyValue('uid');
    if (typeof uid !== 'string') continue;
    const series = all.get(uid) ?? { changed: new Map<number, ICAL.Component>() };
    all.set(uid, series);
    const property = event.getFirstProperty('recurrence-id');
    const time = property?.getFirstValue();
    if (property && time instanceof ICAL.Time) {
      keepNewest(series.changed, zones.instant(property, time), event);
    } else if (!series.master || sequence(event) >= sequence(series.master)) {
      series.master = event;
    }
  }
  return all;
}

function keepNewest(changed: Series['changed'], instantMs: number, event: ICAL.Component): void {
  const known = changed.get(instantMs);
  if (!known || sequence(event) >= sequence(known)) changed.set(instantMs, event);
}

function sequence(event: ICAL.Component): number {
  return Number(event.getFirstPropertyValue('sequence') ?? 0);
}

function* occurrencesOf(
  uid: string,
  { master, changed }: Series,
  zones: Zones,
  within: { fromMs: number; untilMs: number },
): Generator<Occurrence> {
  const ends = (startMs: number, lengthMs: number): boolean =>
    startMs < within.untilMs && startMs + lengthMs > within.fromMs;
  if (master && !isCancelled(master)) {
    const start = startOf(master);
    const lengthMs = start && lengthOf(master, start, zones);
    if (start && lengthMs !== undefined) {
      const recurs = master.hasProperty('rrule') || master.hasProperty('rdate');
      const reach = { fromMs: within.fromMs - lengthMs, untilMs: within.untilMs };
      for (const startMs of instantsOf(master, start, zones, reach)) {
        if (changed.has(startMs) || !ends(startMs, lengthMs)) continue;
        const zone = zones.of(start.property, start.time).name;
        yield occurrence(keyOf(uid, recurs ? startMs : null), master, zone, startMs, lengthMs);
      }
    }
  }
  for (const [wasMs, event] of changed) {
    const start = startOf(event);
    const lengthMs = start && lengthOf(event, start, zones);
    if (!start || lengthMs === undefined || isCancelled(event) || (master && isCancelled(master))) {
      continue;
    }
    const startMs = zones.instant(start.property, start.time);
    if (!ends(startMs, lengthMs)) continue;
    const zone = zones.of(start.property, start.time).name;
    yield occurrence(keyOf(uid, wasMs), event, zone, startMs, lengthMs);
  }
}

function occurrence(
  key: string,
  event: ICAL.Component,
  timeZone: string,
  startMs: number,
  lengthMs: number,
): Occurrence {
  return {
    key,
    title: titleOf(event),
    platform: platformOf(event),
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(startMs + lengthMs).toISOString(),
    timeZone,
    participants: participantsOf(event),
  };
}

/** Undefined for a whole day. */
function startOf(event: ICAL.Component): { property: ICAL.Property; time: ICAL.Time } | undefined {
  const property = event.getFirstProperty('dtstart');
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) throw new Error('an event without a beginning');
  return time.isDate ? undefined : { property, time };
}

/** At most a day; none is said for what has no end. Undefined for what takes no time: a reminder, no meeting. */
function lengthOf(
  event: ICAL.Component,
  start: { property: ICAL.Property; time: ICAL.Time },
  zones: Zones,
): number | undefined {
  const end = event.getFirstProperty('dtend');
  const time = end?.getFirstValue();
  const duration: unknown = event.getFirstPropertyValue('duration');
  let lengthMs = 0;
  if (end && time instanceof ICAL.Time) {
    lengthMs = zones.instant(end, time) - zones.instant(start.property, start.time);
  } else if (duration instanceof ICAL.Duration) {
    lengthMs = duration.toSeconds() * 1_000;
  }
  return lengthMs > 0 ? Math.min(lengthMs, DAY_MS) : undefined;
}

function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';
}

/** What tells one occurrence from the others, and nothing of what it is. */
function keyOf(uid: string, instantMs: number | null): string {
  const recurrence = instantMs === null ? '' : new Date(instantMs).toISOString();
  return createHash('sha256')
    .update(JSON.stringify([uid, recurrence]))
    .digest('hex')
    .slice(0, 40);
}
