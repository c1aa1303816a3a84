import ICAL from 'ical.js';

/** Where a calendar's wall clock hangs. */
export interface Zone {
  /** IANA name; UTC for one that only the calendar itself describes. */
  name: string;
  /** What the wall clock is ahead of UTC at this instant. Unit: milliseconds, as all here. */
  offsetAt(instantMs: number): number;
}

const DAY_MS = 24 * 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat | null>();

export const UTC: Zone = { name: 'UTC', offsetAt: () => 0 };

/** The zone of this IANA name; undefined when there is none. */
export function ianaZone(name: string): Zone | undefined {
  const format = formatOf(name);
  return format
    ? { name, offsetAt: (instantMs) => wallAt(format, instantMs) - instantMs }
    : undefined;
}

/** A zone as a VTIMEZONE of the calendar describes it. */
export function describedZone(component: ICAL.Component): Zone {
  const zone = new ICAL.Timezone(component);
  const offsetAt = (instantMs: number): number => {
    // What it takes is the wall clock; close to a switch the first guess may be off.
    let offsetMs = 0;
    for (let guess = 0; guess < 2; guess++) offsetMs = wallOffset(zone, instantMs + offsetMs);
    return offsetMs;
  };
  return { name: 'UTC', offsetAt };
}

/**
 * The instant at which the wall clock shows this (milliseconds as if it were UTC). RFC 5545, 3.3.5: a time that comes
 * twice is the first, and one that is skipped counts from before the switch.
 */
export function instantOf(wallMs: number, zone: Zone): number {
  const before = zone.offsetAt(wallMs - DAY_MS);
  const after = zone.offsetAt(wallMs + DAY_MS);
  const early = wallMs - before;
  if (before === after || zone.offsetAt(early) === before) return early;
  const late = wallMs - after;
  return zone.offsetAt(late) === after ? late : early;
}

/** A wall clock's time (milliseconds as if it were UTC) that hangs nowhere yet. */
export function floating(wallMs: number): ICAL.Time {
  const at = new Date(wallMs);
  return new ICAL.Time(
    {
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}

function wallOffset(zone: ICAL.Timezone, wallMs: number): number {
  return zone.utcOffset(floating(wallMs)) * 1_000;
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  const known = formats.get(name);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch {
    // No such zone.
  }
  formats.set(name, format);
  return format;
}

function wallAt(format: Intl.DateTimeFormat, instantMs: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  // What the format leaves out: the milliseconds of an instant.
  const rest = ((instantMs % 1_000) + 1_000) % 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + rest;
}
