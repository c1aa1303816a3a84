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
import { Citation } from './citation';
import { DEGRADED_REASONS, type DegradedReason } from './degraded';

/** What a question came to. */
export class Answer {
  /** With nothing found, a sentence that says so. */
  @IsString() answer: string;
  /** What its sentences stand on; empty only when nothing was found. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => Citation) citations: Citation[];
  /** Whether anything that was looked through answers the question. */
  @IsBoolean() found: boolean;
  @IsString() engine: string;
  /** Made of the sources' own sentences for want of a model, or broken off by one that failed. */
  @IsBoolean() degraded: boolean;
  /** Why it is, where that is known. */
  @IsOptional() @IsIn(DEGRADED_REASONS) degradedBecause?: DegradedReason;
}

/** A passage that an answer may stand on. */
export class AnswerSource {
  @ValidateNested() @Type(() => Citation) citation: Citation;
  @IsOptional() @IsString() meetingId?: string;
  @IsOptional() @IsString() documentId?: string;
  /** Who said it. */
  @IsOptional() @IsString() speaker?: string;
  /** When it was said, in milliseconds from the meeting's start. */
  @IsOptional() @IsInt() @Min(0) startMs?: number;
  /** How much of what was asked it holds, from 0 to 1. */
  @IsNumber() score: number;
}

/** What was found to answer from. */
export class AnswerSources {
  /** Best first. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => AnswerSource) items: AnswerSource[];
}

/** The next words of the answer. */
export class AnswerToken {
  @IsString() text: string;
}

/** What a sentence of the answer, counted from 0, stands on. */
export class AnswerCitation {
  @IsInt() @Min(0) sentence: number;
  @ValidateNested() @Type(() => Citation) citation: Citation;
}
