import type { Segment } from '@parley/contracts';
import type { SegmentEntity } from './segment.entity';

/** The row as everybody sees it. */
export function toSegment(row: SegmentEntity): Segment {
  const { workspaceId: _, voiceId: __, confidence, overlaps, ...segment } = row;
  return {
    ...segment,
    final: true,
    ...(confidence === null ? {} : { confidence }),
    ...(overlaps === null ? {} : { overlaps }),
  };
}
