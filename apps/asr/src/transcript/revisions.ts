import type { Segment, Speaker } from '@parley/contracts';
import { In, type EntityManager } from 'typeorm';
import { SegmentEntity } from './segment.entity';
import { toSegment } from './to-segment';

/** Stands as the engine of a text that somebody wrote. */
export const BY_HAND = 'person';

/** What is changed of a segment. */
export type Correction = Partial<
  Pick<SegmentEntity, 'text' | 'words' | 'engine' | 'speaker' | 'startMs' | 'endMs'>
>;

/** Segments of a meeting that have something in common. */
export type Those =
  | { meetingId: string; speakerId: string }
  /** Written before it was known whose voice it is. */
  | { meetingId: string; voiceId: string };

/** All that a speaker said is somebody's from now on. @returns the segments in their new revision */
export async function reviseSpeaker(
  manager: EntityManager,
  those: Those,
  speaker: Speaker,
): Promise<Segment[]> {
  const [condition, id] =
    'speakerId' in those
      ? [`speaker->>'id' = $2`, those.speakerId]
      : [`voice_id = $2 AND speaker IS NULL AND revision = 0`, those.voiceId];
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `UPDATE asr.segments SET speaker = $3, revision = revision + 1
     WHERE meeting_id = $1 AND ${condition} RETURNING id`,
    [those.meetingId, id, JSON.stringify(speaker)],
  );
  const revised = await manager.findBy(SegmentEntity, { id: In(rows.map((row) => row.id)) });
  return revised.map(toSegment);
}

/** @returns the segment in its new revision; null when the meeting has none with this id, or nothing changes */
export async function reviseSegment(
  manager: EntityManager,
  { meetingId, id }: Pick<SegmentEntity, 'meetingId' | 'id'>,
  change: (segment: SegmentEntity) => Correction | null,
): Promise<Segment | null> {
  const lock = { mode: 'pessimistic_write' } as const;
  const segment = await manager.findOne(SegmentEntity, { where: { meetingId, id }, lock });
  if (!segment) return null;
  const changed = change(segment);
  if (!changed) return null;
  const revised = { ...changed, revision: segment.revision + 1 };
  await manager.update(SegmentEntity, { id }, revised);
  return toSegment({ ...segment, ...revised });
}
