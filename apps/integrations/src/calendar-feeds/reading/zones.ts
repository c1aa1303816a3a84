import type ICAL from 'ical.js';
import { describedZone, ianaZone, instantOf, UTC, type Zone } from './zone';

/** The zones of one calendar. */
export class Zones {
  private readonly described = new Map<string, ICAL.Component>();
  private readonly known = new Map<string, Zone>();
  /** Of times that name none. */
  private readonly own: Zone;

  /** @param fallback IANA name, when the calendar does not say where it hangs */
  constructor(calendar: ICAL.Component, fallback: string) {
    const said = calendar.getFirstPropertyValue('x-wr-timezone');
    this.own = (typeof said === 'string' ? ianaZone(said) : undefined) ?? ianaZone(fallback) ?? UTC;
    for (const component of calendar.getAllSubcomponents('vtimezone')) {
      const id = component.getFirstPropertyValue('tzid');
      if (typeof id === 'string') this.described.set(id, component);
    }
  }

  /** The zone that a property's times hang in. */
  of(property: ICAL.Property, time: ICAL.Time): Zone {
    if (isUtc(time)) return UTC;
    const id = property.getFirstParameter('tzid') as string | undefined;
    if (!id) return this.own;
    const known = this.known.get(id) ?? this.find(id);
    this.known.set(id, known);
    return known;
  }

  instant(property: ICAL.Property, time: ICAL.Time): number {
    return instantOf(wallOf(time), this.of(property, time));
  }

  /** By name where there is such a name, since that knows of every change of rules; else as the calendar describes it. */
  private find(id: string): Zone {
    // `/freeassociation.sourceforge.net/Europe/Berlin`
    const tail = id.split('/').slice(-2).join('/');
    const description = this.described.get(id);
    return ianaZone(id) ?? ianaZone(tail) ?? (description ? describedZone(description) : this.own);
  }
}

/** What the wall clock shows, in milliseconds as if it were UTC. */
export function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export function isUtc(time: ICAL.Time): boolean {
  return time.zone.tzid === 'UTC';
}
