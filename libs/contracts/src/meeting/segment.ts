import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Nullable } from '../values/nullable.decorator';

export class Speaker {
  @IsString() id: string;
  @IsString() name: string;
  @IsOptional() @IsString() participantId?: string;
}

export class Word {
  @IsString() text: string;
  @IsInt() @Min(0) startMs: number;
  @IsInt() @Min(0) endMs: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) confidence?: number;
  /** True where the times are spread over the segment rather than measured by the engine. */
  @IsOptional() @IsBoolean() estimated?: boolean;
}

export class OverlapSpan {
  @IsInt() @Min(0) startMs: number;
  @IsInt() @Min(0) endMs: number;
}

/** A stretch of one speaker's speech; times are milliseconds from the meeting's start. */
export class Segment {
  @IsString() id: string;
  @IsString() meetingId: string;
  @IsString() channel: string;
  /** Null when nobody can say who spoke: a guess is worse than none. */
  @Nullable() @ValidateNested() @Type(() => Speaker) speaker: Speaker | null;
  @IsInt() @Min(0) startMs: number;
  @IsInt() @Min(0) endMs: number;
  @IsString() text: string;
  /**
   * Of a partial: how many characters (UTF-16 code units) of `text`, from its begin, no later partial with the same `id` and
   * `startMs` changes. What is behind them is provisional. A final replaces all of it; where personal data is taken out, so
   * may a partial with a placeholder.
   */
  @IsOptional() @IsInt() @Min(0) stableLength?: number;
  @IsBoolean() final: boolean;
  @IsInt() @Min(0) revision: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) confidence?: number;
  @IsOptional() @IsString() language?: string;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Word) words?: Word[];
  /** Where somebody else spoke at the same time, as far as it was noticed; absent where nothing was. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => OverlapSpan)
  overlaps?: OverlapSpan[];
  /** Name of the engine that made the text, e.g. `moonshine-tiny`. */
  @IsString() engine: string;
  @IsBoolean() degraded: boolean;
}
