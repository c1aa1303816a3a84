import { Nullable } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';

const DAY = /^(?:19[7-9]\d|[2-9]\d{3})-\d{2}-\d{2}$/;
/** Postgres reads `+01:00` as west of Greenwich. */
const NAMED_ZONE = /^[A-Za-z]/;

export class TrendsQuery {
  /** First day that counts, `YYYY-MM-DD`. Default: the Monday eleven weeks before `to`. */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(DAY) from?: string;
  /** Last day that counts, at most 371 days after `from`. Default: today. */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(DAY) to?: string;
  /** Where days and weeks begin at midnight: an IANA name. */
  @IsOptional() @IsTimeZone() @Matches(NAMED_ZONE) timeZone = 'UTC';
}

/** What is counted of one meeting, or of all in a week. */
export class TrendCounts {
  /** How long the lines of the transcript are, together. */
  @IsInt() @Min(0) spokenMs: number;
  /** Lines that were taken for questions. */
  @IsInt() @Min(0) questions: number;
  /** Lines of the newest summary. */
  @IsInt() @Min(0) decisions: number;
  @IsInt() @Min(0) tasks: number;
}

export class WeekTrend extends TrendCounts {
  /** Its Monday, `YYYY-MM-DD`. */
  @Matches(DAY) week: string;
  @IsInt() @Min(0) meetings: number;
}

/** How long somebody spoke, by the name that they have in the transcript; null: nobody can say who. */
export class SpeakerShare {
  @Nullable() @IsString() name: string | null;
  @IsInt() @Min(0) spokenMs: number;
}

export class SpeakerTrend extends SpeakerShare {
  @IsInt() @Min(0) meetings: number;
}

export class MeetingTrend extends TrendCounts {
  @IsUUID() id: string;
  @IsString() title: string;
  @IsISO8601() startedAt: string;
  /** Who spoke longest comes first. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => SpeakerShare) speakers: SpeakerShare[];
}

/** Meetings over time, by when they started. What is gone, as the words of notes-only meetings, is not counted. */
export class Trends {
  @Matches(DAY) from: string;
  @Matches(DAY) to: string;
  @IsString() timeZone: string;
  /** Oldest first; weeks without a meeting are there, too. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => WeekTrend) weeks: WeekTrend[];
  /** Who spoke longest comes first; at most 50. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => SpeakerTrend) speakers: SpeakerTrend[];
  /** Newest first; at most 50. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => MeetingTrend) meetings: MeetingTrend[];
  /** Older meetings of the period that are not counted, there being more than 1,000. */
  @IsInt() @Min(0) leftOut: number;
}
