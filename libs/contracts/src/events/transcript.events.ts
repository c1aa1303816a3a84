import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, Min, ValidateNested } from 'class-validator';
import { CoverageSpan } from '../meeting/coverage';
import { Segment } from '../meeting/segment';

/** A final segment, or a later revision of it: apply only a `revision` above the one you have. */
export class TranscriptFinal {
  @ValidateNested() @Type(() => Segment) segment: Segment;
}

/** What became of the stretch of a channel that asr has just finished with. */
export class TranscriptCovered {
  @IsString() channel: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => CoverageSpan) spans: CoverageSpan[];
}

/** A channel is drained: nothing more will come of it. */
export class TranscriptCompleted {
  @IsString() channel: string;
  @IsInt() @Min(0) lastMs: number;
  /** How many final segments the channel has; a summary waits until it has seen them all. */
  @IsInt() @Min(0) finals: number;
}
