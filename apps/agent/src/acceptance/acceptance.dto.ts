import { SUGGESTION_KINDS, type SuggestionKind } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** ISO 8601 also knows weeks and days of the year, which `Date` does not read. */
const DAY_OR_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

export class AcceptanceQuery {
  /** Decided at or after. Default: thirty days ago. */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(DAY_OR_TIME) from?: string;
  /** Decided before. Default: now. */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(DAY_OR_TIME) to?: string;
  /** How long the periods are, in UTC; weeks begin on Monday. */
  @IsOptional() @IsIn(PERIODS) period: Period = 'week';
}

/** What people made of the suggestions of one kind in one period. */
export class AcceptanceCount {
  /** When the period begins. */
  @IsISO8601() period: string;
  @IsIn(SUGGESTION_KINDS) kind: SuggestionKind;
  /** As drafted. */
  @IsInt() approved: number;
  /** Approved, after a person had changed them. */
  @IsInt() edited: number;
  @IsInt() rejected: number;
  /** Lapsed before anybody decided. */
  @IsInt() expired: number;
  /** Approved, edited or not, of all that a person decided; null when there was none. */
  @IsOptional() @IsNumber() acceptance: number | null;
}

export class Acceptance {
  @IsISO8601() from: string;
  @IsISO8601() to: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => AcceptanceCount) items: AcceptanceCount[];
}
