import {
  Coverage,
  Delivery,
  Insight,
  Meeting,
  Nullable,
  Segment,
  Suggestion,
  Summary,
} from '@parley/contracts';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsISO8601, Min, ValidateNested } from 'class-validator';

/** All that is known of a meeting, as it stood at one moment. */
export class MeetingExport {
  @IsISO8601() exportedAt: string;
  /** The timeline's cursor up to which it was read: `Last-Event-ID` to follow what comes after. */
  @IsInt() @Min(0) cursor: number;
  @ValidateNested() @Type(() => Meeting) meeting: Meeting;
  /** Null while none has been made. */
  @Nullable() @ValidateNested() @Type(() => Summary) summary: Summary | null;
  /** The final segments in the order in which they were said, each in its last revision. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Segment) segments: Segment[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => Insight) insights: Insight[];
  /** With what was decided of each. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Suggestion) suggestions: Suggestion[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => Delivery) deliveries: Delivery[];
  @ValidateNested() @Type(() => Coverage) coverage: Coverage;
}
