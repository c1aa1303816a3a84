import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { CoverageSpan } from '../meeting/coverage';
import { Segment } from '../meeting/segment';

/** When asr did what a segment came of. What it does not know is absent. */
export class HearingTimes {
  /** The audio of the first and of the last word reached asr. */
  @IsOptional() @IsISO8601() firstWordAt?: string;
  @IsOptional() @IsISO8601() lastWordAt?: string;
  /** The first provisional text went out; null where none did. */
  @IsOptional() @IsISO8601() firstPartialAt?: string | null;
  /** The final text was there, and not yet written. */
  @IsOptional() @IsISO8601() decodedAt?: string;
}

/** A final segment, or a later revision of it: apply only a `revision` above the one you have. */
export class TranscriptFinal {
  @ValidateNested() @Type(() => Segment) segment: Segment;
  /** Of a segment that was just heard. */
  @IsOptional() @ValidateNested() @Type(() => HearingTimes) times?: HearingTimes;
}

/** What became of the stretch of a channel that asr has just finished with. */
export class TranscriptCovered {
  @IsString() channel: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => CoverageSpan) spans: CoverageSpan[];
}

/** A channel is drained: nothing more will come of it. */
export class TranscriptCompleted {
  @IsString() channel: string;
  /** Every millisecond before it is in a `transcript.covered`, which may come later than this. */
  @IsInt() @Min(0) lastMs: number;
  /** How many final segments the channel has; a summary waits until it has seen them all. */
  @IsInt() @Min(0) finals: number;
}
