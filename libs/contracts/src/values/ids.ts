import { v7, validate, version } from 'uuid';
import { systemClock } from './clock';

const DAY_MS = 24 * 3_600_000;

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type MeetingId = Branded<'MeetingId'>;
export type WorkspaceId = Branded<'WorkspaceId'>;
/** `<meetingId>:<channel>:<utterance>`, with `.<part>` where speakers split the utterance. */
export type SegmentId = Branded<'SegmentId'>;
export type InsightId = Branded<'InsightId'>;
export type SuggestionId = Branded<'SuggestionId'>;
export type ActionId = Branded<'ActionId'>;
export type DeliveryId = Branded<'DeliveryId'>;
export type ConnectionId = Branded<'ConnectionId'>;
export type DocumentId = Branded<'DocumentId'>;
export type ChunkId = Branded<'ChunkId'>;
export type KeyId = Branded<'KeyId'>;
export type EventId = Branded<'EventId'>;

/** The tenant of everything for which nobody named one. */
export const DEFAULT_WORKSPACE = 'default' as WorkspaceId;

/** Makes a new time-ordered id (UUIDv7, RFC 9562) of the branded type the caller names. */
export function newId<Id extends string>(): Id {
  return v7() as Id;
}

/** When `id` was made, to the millisecond; undefined when it was not made by {@link newId} (RFC 9562, section 5.7). */
export function timeOfId(id: string): Date | undefined {
  if (!validate(id) || version(id) !== 7) return undefined;
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
}

/** The smallest id that {@link newId} could have made at `instant`: ids before it are older. */
export function firstIdOf(instant: Date): string {
  const ms = Math.max(0, instant.getTime()).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8, 12)}-7000-8000-000000000000`;
}

/** The smallest id that {@link newId} could have made so many days ago. */
export function firstIdDaysAgo(days: number): string {
  return firstIdOf(new Date(systemClock.now() - days * DAY_MS));
}

/** Tells whether `value` has the form of an id made by {@link newId}. */
export function isId(value: unknown): boolean {
  return typeof value === 'string' && validate(value);
}

/**
 * Builds the stable id of the `utterance`-th stretch of speech (counted from 0) on a channel. Where speakers split it,
 * the first part (0) keeps the utterance's own id, and with it takes the place of its partials.
 */
export function segmentId(
  meetingId: MeetingId,
  channel: string,
  utterance: number,
  part = 0,
): SegmentId {
  const suffix = part === 0 ? '' : `.${part}`;
  return `${meetingId}:${channel}:${utterance}${suffix}` as SegmentId;
}
