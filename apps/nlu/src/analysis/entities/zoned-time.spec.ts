import { instantOf, toZonedRfc3339, wallClock } from './zoned-time';

describe('zoned time', () => {
  it.each([
    ['2026-01-15T12:00:00Z', 'Europe/Berlin', '2026-01-15T13:00:00+01:00'],
    ['2026-07-15T12:00:00Z', 'Europe/Berlin', '2026-07-15T14:00:00+02:00'],
    ['2026-01-15T12:00:00Z', 'America/St_Johns', '2026-01-15T08:30:00-03:30'],
    ['2026-01-15T12:00:00Z', 'Asia/Kathmandu', '2026-01-15T17:45:00+05:45'],
    ['2026-01-15T12:00:00Z', 'UTC', '2026-01-15T12:00:00Z'],
  ])('writes %s in %s as %s', (instant, timeZone, written) => {
    expect(toZonedRfc3339(new Date(instant), timeZone)).toBe(written);
    expect(new Date(written).toISOString()).toBe(new Date(instant).toISOString());
  });

  it('finds the instant at which a clock shows a time', () => {
    const wall = new Date('2026-07-15T09:30:00Z');
    const instant = instantOf(wall, 'America/New_York');
    expect(instant.toISOString()).toBe('2026-07-15T13:30:00.000Z');
    expect(wallClock(instant, 'America/New_York')).toEqual(wall);
  });

  it('moves a time that the clocks skip on by the gap', () => {
    const skipped = instantOf(new Date('2026-03-29T02:30:00Z'), 'Europe/Berlin');
    expect(toZonedRfc3339(skipped, 'Europe/Berlin')).toBe('2026-03-29T03:30:00+02:00');
  });

  it('takes the first of two hours that look the same', () => {
    const twice = instantOf(new Date('2026-10-25T02:30:00Z'), 'Europe/Berlin');
    expect(toZonedRfc3339(twice, 'Europe/Berlin')).toBe('2026-10-25T02:30:00+02:00');
  });
});
