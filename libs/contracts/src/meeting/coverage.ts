import { IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';

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

export interface CoverageTotals {
  /** What ingestion received; the parts below add up to it. */
  totalMs: number;
  transcribedMs: number;
  silenceMs: number;
  filteredMs: number;
  withheldMs: number;
  pendingMs: number;
  shedMs: number;
  lostMs: number;
}

export interface ChannelCoverage extends CoverageTotals {
  channel: string;
}

export interface Coverage extends CoverageTotals {
  channels: ChannelCoverage[];
  spans: (Omit<CoverageSpan, 'state'> & { channel: string; state: CoverageState | 'pending' })[];
}
