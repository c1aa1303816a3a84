import ICAL from 'ical.js';
import { floating, instantOf, type Zone } from './zone';
import { isUtc, wallOf, type Zones } from './zones';

/** A meeting every day for fifty years; what goes on for longer is not followed. */
const MOST_STEPS = 20_000;
const DAY_MS = 24 * 3_600_000;
/** Meetings are not held by the minute: a rule that says so is a mistake, or meant to keep us busy. */
const TOO_OFTEN = new Set(['SECONDLY', 'MINUTELY', 'HOURLY']);

/**
 * The instants at which an event begins within this time, without those that its EXDATEs name. It is followed by the wall
 * clock: what is at ten is at ten in summer and in winter.
 * @throws Error for a rule that comes too often, or goes on for too long
 */
export function instantsOf(
  event: ICAL.Component,
  start: { property: ICAL.Property; time: ICAL.Time },
  zones: Zones,
  within: { fromMs: number; untilMs: number },
): Set<number> {
  const zone = zones.of(start.property, start.time);
  const instants = new Set<number>();
  const add = (instantMs: number): void => {
    if (instantMs >= within.fromMs && instantMs < within.untilMs) instants.add(instantMs);
  };
  add(instantOf(wallOf(start.time), zone));
  for (const property of event.getAllProperties('rrule')) {
    const rule = property.getFirstValue();
    if (rule instanceof ICAL.Recur) for (const at of ruled(rule, start.time, zone, within)) add(at);
  }
  for (const { property, time } of times(event, 'rdate')) add(zones.instant(property, time));
  for (const { property, time } of times(event, 'exdate')) {
    if (!time.isDate) instants.delete(zones.instant(property, time));
    else deleteDay(instants, wallOf(time), zone);
  }
  return instants;
}

function* ruled(
  rule: ICAL.Recur,
  start: ICAL.Time,
  zone: Zone,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Generator<number> {
  if (TOO_OFTEN.has(rule.freq)) throw new Error('a rule that comes too often');
  const plain = floating(wallOf(start));
  const wallRule = rule.clone();
  // Said in UTC, and counted by the wall clock.
  if (rule.until && isUtc(rule.until)) {
    const end = wallOf(rule.until);
    wallRule.until = floating(end + zone.offsetAt(end));
  }
  const iterator = wallRule.iterator(plain);
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = iterator.next() as ICAL.Time | null;
    if (!next) return;
    const wallMs = wallOf(next);
    if (wallMs >= untilMs + DAY_MS) return;
    if (wallMs >= fromMs - DAY_MS) yield instantOf(wallMs, zone);
  }
  throw new Error('a rule that goes on for too long');
}

function* times(
  event: ICAL.Component,
  name: string,
): Generator<{ property: ICAL.Property; time: ICAL.Time }> {
  for (const property of event.getAllProperties(name)) {
    for (const value of property.getValues()) {
      const time: unknown = value instanceof ICAL.Period ? value.start : value;
      if (time instanceof ICAL.Time) yield { property, time };
    }
  }
}

/** An EXDATE that is a day takes out what begins on it. */
function deleteDay(instants: Set<number>, dayMs: number, zone: Zone): void {
  for (const instantMs of instants) {
    const wallMs = instantMs + zone.offsetAt(instantMs);
    if (wallMs >= dayMs && wallMs < dayMs + DAY_MS) instants.delete(instantMs);
  }
}
