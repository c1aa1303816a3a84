import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const LATEST_MS = 2_147_483_647;

/** Which stretch of which channel. */
export class RecordingQuery {
  /** Default: `main`. */
  @IsOptional() @Matches(/^[A-Za-z0-9_-]{1,32}$/) channel = 'main';
  /** Milliseconds from the beginning of the channel. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(LATEST_MS) fromMs = 0;
  /** At most ten minutes after `fromMs`. Default: so much of it as there is. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(LATEST_MS) toMs?: number;
}

export class RecordingSpan {
  @IsInt() startMs: number;
  @IsInt() endMs: number;
}

export class RecordedChannel {
  @IsString() channel: string;
  /** Where there is audio; in between it is not kept, or was never captured. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => RecordingSpan) spans: RecordingSpan[];
}

/** What audio is kept of a meeting. */
export class Recording {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RecordedChannel)
  channels: RecordedChannel[];
}
