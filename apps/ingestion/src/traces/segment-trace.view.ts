import {
  Nullable,
  Segment,
  SUGGESTION_KINDS,
  SUGGESTION_STATUSES,
  type SuggestionKind,
  type SuggestionStatus,
} from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';

/** In the order in which they come about. */
export const TRACE_STEPS = [
  'first-word',
  'first-partial',
  'last-word',
  'decoded',
  'written',
  'shown',
  'corrected',
  'understood',
  'proposed',
  'decided',
  'attempted',
  'settled',
] as const;
export type TraceStepName = (typeof TRACE_STEPS)[number];

export const STEP_STATES = ['done', 'none', 'not-recorded'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** One thing that a service did, when it is known. */
export class TraceStep {
  @IsIn(TRACE_STEPS) step: TraceStepName;
  /** Which service did it, by its own clock. */
  @IsString() service: string;
  /** `none`: it did not happen. `not-recorded`: whether or when it did is not known. */
  @IsIn(STEP_STATES) state: StepState;
  /** RFC 3339 UTC; null unless it is `done`. */
  @Nullable() @IsISO8601() at: string | null;
  /** How long an attempt took. */
  @IsOptional() @IsInt() @Min(0) ms?: number;
  /** The intent that was found, how it was decided, what became of an attempt. */
  @IsOptional() @IsString() outcome?: string;
  /** Who decided. */
  @IsOptional() @IsString() by?: string;
  @IsOptional() @IsString() provider?: string;
  /** HTTP status of the provider. */
  @IsOptional() @IsInt() status?: number;
  @IsOptional() @IsString() reason?: string;
}

/** A suggestion that cites the segment, and what became of it. */
export class TracedSuggestion {
  @IsString() id: string;
  @IsIn(SUGGESTION_KINDS) kind: SuggestionKind;
  @IsString() text: string;
  @IsIn(SUGGESTION_STATUSES) status: SuggestionStatus;
  @IsArray() @ValidateNested({ each: true }) @Type(() => TraceStep) steps: TraceStep[];
}

/** How a line of the transcript came about, and what came of it: from the audio to the provider. */
export class SegmentTrace {
  @ValidateNested() @Type(() => Segment) segment: Segment;
  /** What the trace is called where traces are collected; null of what was heard before it was kept. */
  @Nullable() @IsString() traceId: string | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => TraceStep) steps: TraceStep[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TracedSuggestion)
  suggestions: TracedSuggestion[];
}
