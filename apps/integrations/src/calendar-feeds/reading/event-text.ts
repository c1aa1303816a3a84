import { isEmail } from 'class-validator';
import type ICAL from 'ical.js';
import type { Occurrence } from './occurrence';

const LONGEST_TITLE = 200;
const LONGEST_NAME = 120;
const MOST_PARTICIPANTS = 100;
/** Of a text that is searched for an address. */
const SEARCHED = 4_000;
/** Rooms and projectors are invited, too. */
const THINGS = new Set(['ROOM', 'RESOURCE']);
const PLATFORMS: [platform: string, address: RegExp][] = [
  ['zoom', /\bzoom\.us\//i],
  ['meet', /\bmeet\.google\.com\//i],
  ['teams', /\bteams\.(?:microsoft|live)\.com\//i],
];

export function titleOf(event: ICAL.Component): string {
  return plain(event.getFirstPropertyValue('summary'), LONGEST_TITLE) || '(no title)';
}

/** Told by the addresses in it; nothing of them is kept. */
export function platformOf(event: ICAL.Component): string {
  const where = [
    'location',
    'url',
    'x-google-conference',
    'x-microsoft-skypeteamsmeetingurl',
    'description',
  ]
    .map((name) => String(event.getFirstPropertyValue(name) ?? '').slice(0, SEARCHED))
    .join('\n');
  return PLATFORMS.find(([, address]) => address.test(where))?.[0] ?? 'other';
}

/** The organizer and who is invited, each address once, without those who said no. */
export function participantsOf(event: ICAL.Component): Occurrence['participants'] {
  const people = new Map<string, Occurrence['participants'][number]>();
  const invited = event.getAllProperties('attendee').filter(comes);
  for (const property of [...event.getAllProperties('organizer'), ...invited]) {
    const address = String(property.getFirstValue() ?? '')
      .replace(/^mailto:/i, '')
      .trim();
    const email = isEmail(address) ? address.toLowerCase() : undefined;
    const name =
      plain(property.getFirstParameter('cn'), LONGEST_NAME) || (email?.split('@')[0] ?? '');
    if (name === '') continue;
    people.set(email ?? name, {
      name: name.slice(0, LONGEST_NAME),
      ...(email === undefined ? {} : { email }),
    });
  }
  return [...people.values()].slice(0, MOST_PARTICIPANTS);
}

function comes(attendee: ICAL.Property): boolean {
  const kind = parameterOf(attendee, 'cutype').toUpperCase();
  const answer = parameterOf(attendee, 'partstat').toUpperCase();
  return !THINGS.has(kind) && answer !== 'DECLINED';
}

/** Empty when there is none, which the types do not say. */
function parameterOf(property: ICAL.Property, name: string): string {
  const value: unknown = property.getFirstParameter(name);
  return typeof value === 'string' ? value : '';
}

/** One line, without what is not shown, whole characters only. */
function plain(value: unknown, longest: number): string {
  if (typeof value !== 'string') return '';
  const line = value
    .slice(0, 20 * longest)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length <= longest
    ? line
    : `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
