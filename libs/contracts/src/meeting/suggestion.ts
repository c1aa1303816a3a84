import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Citation } from './citation';

export const SUGGESTION_KINDS = [
  'question',
  'fact',
  'task',
  'message',
  'email',
  'event',
  'page',
] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

export const SUGGESTION_STATUSES = ['pending', 'approved', 'rejected', 'expired'] as const;
export type SuggestionStatus = (typeof SUGGESTION_STATUSES)[number];

/** Why a suggestion lapsed: its question was answered in the meeting, or nobody decided long after the meeting. */
export const EXPIRY_REASONS = ['answered', 'meeting-ended'] as const;
export type ExpiryReason = (typeof EXPIRY_REASONS)[number];

/** What a suggestion would do, drafted: JSON that the person may edit before approving. */
export type ActionArguments = Record<string, unknown>;

export class Suggestion {
  @IsString() id: string;
  @IsString() meetingId: string;
  @IsIn(SUGGESTION_KINDS) kind: SuggestionKind;
  @IsString() text: string;
  @IsObject() arguments: ActionArguments;
  @IsNumber() @Min(0) @Max(1) confidence: number;
  @IsArray() @IsString({ each: true }) reasons: string[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => Citation) citations: Citation[];
  @IsIn(SUGGESTION_STATUSES) status: SuggestionStatus;
  @IsOptional() @IsString() decidedBy?: string;
  /** Of an expired one. */
  @IsOptional() @IsIn(EXPIRY_REASONS) expiredBecause?: ExpiryReason;
  @IsString() engine: string;
  @IsBoolean() degraded: boolean;
}
