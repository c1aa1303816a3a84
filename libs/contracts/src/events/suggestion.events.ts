import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { Citation } from '../meeting/citation';
import { Suggestion, type ActionArguments } from '../meeting/suggestion';
import type { Summary } from '../meeting/summary';

export class SuggestionCreated {
  @ValidateNested() @Type(() => Suggestion) suggestion: Suggestion;
}

export class SuggestionDecided {
  @ValidateNested() @Type(() => Suggestion) suggestion: Suggestion;
}

export class SummaryUpdated {
  @IsInt() @Min(1) version: number;
  @IsObject() summary: Summary;
}

/**
 * Proof that a person approved exactly this: an HMAC-SHA-256 by agent over the canonical JSON of the
 * action, checked by integrations before anything is sent.
 */
export class Approval {
  @IsString() decidedBy: string;
  @IsISO8601() decidedAt: string;
  @IsISO8601() expiresAt: string;
  /** SHA-256, hex, of the canonical JSON of provider, tool, connection and arguments. */
  @IsString() argumentsHash: string;
  /** SHA-256, hex, of the canonical JSON of the citations. */
  @IsString() evidenceHash: string;
  /** HMAC-SHA-256, hex. */
  @IsString() signature: string;
}

export class ActionApproved {
  @IsString() actionId: string;
  @IsString() suggestionId: string;
  @IsString() connectionId: string;
  @IsString() provider: string;
  @IsString() tool: string;
  @IsObject() arguments: ActionArguments;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Citation) citations: Citation[];
  @ValidateNested() @Type(() => Approval) approval: Approval;
}
