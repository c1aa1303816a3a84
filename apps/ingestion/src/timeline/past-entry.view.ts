import { TIMELINE_TYPES, type TimelineType } from '@parley/contracts';
import { IsIn, IsInt, IsISO8601, IsObject, IsUUID, Min } from 'class-validator';

/** One entry of a timeline as it is kept: a TimelineEntry that always has its cursor. */
export class PastEntry {
  @IsInt() @Min(1) cursor: number;
  @IsIn(TIMELINE_TYPES) type: TimelineType;
  @IsUUID() meetingId: string;
  @IsISO8601() at: string;
  /** What a TimelineEntry of this type holds. */
  @IsObject() data: Record<string, unknown>;
}
