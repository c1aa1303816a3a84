import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';

export const COVERAGE_STATES = [
  'transcribed',
  'silence',
  'filtered',
  'withheld',
  'shed',
  'lost',
] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

/** What became of one stretch of a channel; spans of a channel never overlap. */
export class CoverageSpan {
  @IsInt() @Min(0) startMs: number;
  @IsInt() @Min(0) endMs: number;
  @IsIn(COVERAGE_STATES) state: CoverageState;
  /** For `filtered`: which rule took it out. */
  @IsOptional() @IsString() rule?: string;
}

export class CoverageTotals {
  /** What ingestion received; the parts below add up to it. */
  @IsInt() @Min(0) totalMs: number;
  @IsInt() @Min(0) transcribedMs: number;
  @IsInt() @Min(0) silenceMs: number;
  /** Taken out by a rule: noise that no word was found in. */
  @IsInt() @Min(0) filteredMs: number;
  /** Opted out, or off the record. */
  @IsInt() @Min(0) withheldMs: number;
  /** Not looked at yet, or what became of it is still on its way. */
  @IsInt() @Min(0) pendingMs: number;
  /** Dropped under load, and said so. */
  @IsInt() @Min(0) shedMs: number;
  /** Never arrived, or was never heard. */
  @IsInt() @Min(0) lostMs: number;
}

export class ChannelCoverage extends CoverageTotals {
  @IsString() channel: string;
}

/** A stretch of a channel as the ledger shows it: also what nobody has looked at yet. */
export class ChannelSpan {
  @IsString() channel: string;
  @IsInt() @Min(0) startMs: number;
  @IsInt() @Min(0) endMs: number;
  @IsIn([...COVERAGE_STATES, 'pending']) state: CoverageState | 'pending';
  /** For `filtered`: which rule took it out: `too-quiet`, `no-words`, `repeated-text`, `phantom-phrase`, `low-confidence`. */
  @IsOptional() @IsString() rule?: string;
}

/** The totals of a meeting and of each of its channels. */
export class CoverageSummary extends CoverageTotals {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ChannelCoverage)
  channels: ChannelCoverage[];
}

/** What became of every millisecond of a meeting's audio. */
export class Coverage extends CoverageSummary {
  @IsArray() @ValidateNested({ each: true }) @Type(() => ChannelSpan) spans: ChannelSpan[];
}
