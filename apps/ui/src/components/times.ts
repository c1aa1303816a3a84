/** `4:07`, or `1:04:07` from an hour on. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

const DAY = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' });
const TIME = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** `Mon, Nov 24, 09:30` in the reader's own time zone. */
export function dayAndTime(instant: string): string {
  const date = new Date(instant);
  return `${DAY.format(date)}, ${TIME.format(date)}`;
}

const WEEKDAY = new Intl.DateTimeFormat('en', { weekday: 'long' });
const SOON_MS = 6 * 24 * 3_600_000;

/** `Monday 10:00` of a day within the next six, else `Mon, Nov 24, 10:00`, in the reader's own time zone. */
export function weekdayAndTime(instant: string, now = Date.now()): string {
  const date = new Date(instant);
  const isSoon = date.getTime() - now < SOON_MS;
  return isSoon ? `${WEEKDAY.format(date)} ${TIME.format(date)}` : dayAndTime(instant);
}

/** `45 s`, `12 min`, `3 h 5 min`: how long something took altogether. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const DATE = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `24 Nov` of a day that is written `2026-11-24`. */
export function shortDay(day: string): string {
  const parts = DATE.formatToParts(new Date(day));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('day')} ${part('month')}`;
}
