import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { Citation } from './citation';
import { DEGRADED_REASONS, type DegradedReason } from './degraded';

export const SUMMARY_SECTIONS = [
  'objectives',
  'keyPoints',
  'decisions',
  'tasks',
  'openQuestions',
] as const;
export type SummarySection = (typeof SUMMARY_SECTIONS)[number];
/** Made of spoken sentences, these are nothing but what was said, but for the lines that a person wrote. */
export const QUOTING_SECTIONS: readonly SummarySection[] = [
  'objectives',
  'keyPoints',
  'openQuestions',
];

export const SUMMARY_STATUSES = ['rolling', 'final', 'edited'] as const;
export type SummaryStatus = (typeof SUMMARY_STATUSES)[number];

export class SummaryLine {
  @IsString() id: string;
  @IsString() text: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Citation) citations: Citation[];
  /** False when the verifier found no support for the line in what it cites. */
  @IsBoolean() supported: boolean;
  /** Only as spoken. */
  @IsOptional() @IsString() owner?: string;
  /** `YYYY-MM-DD`, only as spoken. */
  @IsOptional() @IsString() dueDate?: string;
  /** Who said that the task is done, and when. */
  @IsOptional() @IsString() doneBy?: string;
  @IsOptional() @IsISO8601() doneAt?: string;
  /** Who wrote the line, or changed it last; without it the line was made, and may be made anew. */
  @IsOptional() @IsString() editedBy?: string;
}

export class SummarySections implements Record<SummarySection, SummaryLine[]> {
  @IsArray() @ValidateNested({ each: true }) @Type(() => SummaryLine) objectives: SummaryLine[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SummaryLine) keyPoints: SummaryLine[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SummaryLine) decisions: SummaryLine[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SummaryLine) tasks: SummaryLine[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SummaryLine) openQuestions: SummaryLine[];
}

/** What a meeting came to, each line with the words that support it. */
export class Summary {
  @IsString() meetingId: string;
  @IsInt() @Min(1) version: number;
  /**
   * `rolling` while the meeting runs, `final` once everything said has arrived or has not come for half a minute, `edited`
   * when a person made it.
   */
  @IsIn(SUMMARY_STATUSES) status: SummaryStatus;
  @ValidateNested() @Type(() => SummarySections) sections: SummarySections;
  @IsString() engine: string;
  @IsBoolean() degraded: boolean;
  /** Why it is; not of a rolling summary, for which no model is asked, and not of older versions. */
  @IsOptional() @IsIn(DEGRADED_REASONS) degradedBecause?: DegradedReason;
  /** Channels of which words were still to come when this was made; with those another version follows. Absent: none. */
  @IsOptional() @IsString({ each: true }) awaitedChannels?: string[];
  /** When this version was made; older versions do not say. */
  @IsOptional() @IsISO8601() madeAt?: string;
  /** Who made this version by hand. */
  @IsOptional() @IsString() editedBy?: string;
}

/** The meeting is summed up for good: everything that was said is in it. */
export function isWholeSummary({
  status,
  awaitedChannels,
}: Pick<Summary, 'status' | 'awaitedChannels'>): boolean {
  return status === 'final' && awaitedChannels === undefined;
}
