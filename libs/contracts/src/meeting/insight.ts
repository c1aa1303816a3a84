import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

export const INTENTS = [
  'question',
  'decision',
  'task',
  'request',
  'scheduling',
  'statement',
  'social',
] as const;
export type Intent = (typeof INTENTS)[number];

export const ENTITY_TYPES = [
  'person',
  'organization',
  'place',
  'date',
  'money',
  'duration',
  'number',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export const SENTIMENTS = ['positive', 'neutral', 'negative'] as const;
export type SentimentLabel = (typeof SENTIMENTS)[number];

export class Entity {
  @IsIn(ENTITY_TYPES) type: EntityType;
  /** As spoken: `text.slice(start, end)` of the segment. */
  @IsString() text: string;
  @IsInt() @Min(0) start: number;
  @IsInt() @Min(0) end: number;
  /** Normalised: a date as `YYYY-MM-DD` or RFC 3339, a duration as ISO 8601, money as `<amount> <ISO 4217>`, a number in digits, a share as `<number> %`. */
  @IsOptional() @IsString() value?: string;
  @IsOptional() @IsNumber() @Min(0) @Max(1) confidence?: number;
  /**
   * Which of the meeting's entities is meant (`GET /v1/meetings/{id}/entities`); left out where that is not certain, and
   * in events: what comes later may make it certain or ambiguous.
   */
  @IsOptional() @IsString() refersTo?: string;
}

export class Sentiment {
  @IsIn(SENTIMENTS) label: SentimentLabel;
  /** From -1 (negative) to 1 (positive). */
  @IsNumber() @Min(-1) @Max(1) score: number;
}

/** What a text means, before it is tied to a segment. */
export class Analysis {
  @IsIn(INTENTS) intent: Intent;
  @IsNumber() @Min(0) @Max(1) confidence: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Entity) entities: Entity[];
  @ValidateNested() @Type(() => Sentiment) sentiment: Sentiment;
  @IsArray() @IsString({ each: true }) topics: string[];
  @IsString() engine: string;
  @IsBoolean() degraded: boolean;
}

export class Insight extends Analysis {
  @IsString() id: string;
  @IsString() meetingId: string;
  @IsString() segmentId: string;
}
