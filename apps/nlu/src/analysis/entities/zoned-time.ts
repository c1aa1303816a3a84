const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US-u-hc-h23', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the clocks of `timeZone` show at `instant`, as a Date whose UTC fields are those of the wall clock. */
export function wallClock(instant: Date, timeZone: string): Date {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) {
    parts[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

function offsetMinutes(instant: Date, timeZone: string): number {
  const whole = Math.floor(instant.getTime() / 1_000) * 1_000;
  return Math.round((wallClock(instant, timeZone).getTime() - whole) / MINUTE_MS);
}

/**
 * The instant at which the clocks of `timeZone` show `wall` (see {@link wallClock}).
 * An hour that happens twice means its first time; one that is skipped moves on by the gap.
 */
export function instantOf(wall: Date, timeZone: string): Date {
  const dayMs = 1_440 * MINUTE_MS;
  const before = offsetMinutes(new Date(wall.getTime() - dayMs), timeZone);
  const after = offsetMinutes(new Date(wall.getTime() + dayMs), timeZone);
  for (const offset of [before, after]) {
    const instant = new Date(wall.getTime() - offset * MINUTE_MS);
    if (wallClock(instant, timeZone).getTime() === wall.getTime()) return instant;
  }
  return new Date(wall.getTime() - before * MINUTE_MS);
}

/** RFC 3339 with the offset that holds in `timeZone` at that instant: `2026-03-30T10:00:00+02:00`. */
export function toZonedRfc3339(instant: Date, timeZone: string): string {
  const offset = offsetMinutes(instant, timeZone);
  const local = wallClock(instant, timeZone).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `YYYY-MM-DD` of a wall clock. */
export function toCalendarDate(wall: Date): string {
  return wall.toISOString().slice(0, 10);
}
