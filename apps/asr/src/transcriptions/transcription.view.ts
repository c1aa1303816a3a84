import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';

/** How long the recording is, as OpenAI counts it. */
export class TranscriptionUsage {
  @IsIn(['duration']) type: 'duration';
  /** Whole seconds, rounded up. */
  @IsInt() @Min(0) seconds: number;
}

/** A word with its place; up to 64 ms of it may lie outside its segment, whose edges the detector of speech finds. */
export class TranscribedWord {
  @IsString() word: string;
  /** Seconds. */
  @IsNumber() @Min(0) start: number;
  /** Seconds. */
  @IsNumber() @Min(0) end: number;
  /** The engine gives no times: they are estimated, from where there is sound. */
  @IsBoolean() estimated: boolean;
}

/** An utterance with its place. What the engine does not say, such as probabilities, is not made up. */
export class TranscribedSegment {
  @IsInt() @Min(0) id: number;
  /** Seconds. */
  @IsNumber() @Min(0) start: number;
  /** Seconds. */
  @IsNumber() @Min(0) end: number;
  @IsString() text: string;
}

/** `json` holds `text` and `usage`; the rest is of `verbose_json`. */
export class TranscriptionView {
  @IsString() text: string;
  @ValidateNested() @Type(() => TranscriptionUsage) usage: TranscriptionUsage;
  @IsOptional() @IsIn(['transcribe']) task?: 'transcribe';
  /** In English words, as OpenAI names it: `english`. */
  @IsOptional() @IsString() language?: string;
  /** Seconds. */
  @IsOptional() @IsNumber() @Min(0) duration?: number;
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TranscribedSegment)
  segments?: TranscribedSegment[];
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TranscribedWord)
  words?: TranscribedWord[];
}
