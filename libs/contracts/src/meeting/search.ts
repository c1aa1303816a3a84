import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { Citation } from './citation';

export const SEARCH_MODES = ['hybrid', 'vector', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

export const SOURCE_KINDS = ['document', 'meeting'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How each way of searching rated a hit; what did not find it is missing. */
export class HitScores {
  @IsOptional() @IsNumber() vector?: number;
  @IsOptional() @IsNumber() keyword?: number;
  /** Orders the items, unless they were re-ranked. */
  @IsNumber() fused: number;
  /** By the re-ranking model, which then orders the items. Comparable within one answer only. */
  @IsOptional() @IsNumber() reranked?: number;
}

/** A word of the query as it is looked for, and how much it says, being rare. */
export class ExplainedTerm {
  @IsString() term: string;
  @IsNumber() weight: number;
}

/** What `scores.fused` is made of: the sum of `own`, `around` and `meaning`, less where it is `repeated`. */
export class HitExplanation {
  /** What the passage holds of the query's words. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ExplainedTerm) terms: ExplainedTerm[];
  /** For the words in the passage. */
  @IsNumber() own: number;
  /** For the words in the passages before and after it. */
  @IsNumber() around: number;
  /** For its meaning; missing when it has no vector, or the query none. */
  @IsOptional() @IsNumber() meaning?: number;
  /** A better hit stands right beside it, which lowers its place. */
  @IsBoolean() repeated: boolean;
  /** Where it stood, counted from 1, before the re-ranking model was asked; missing when none was. */
  @IsOptional() @IsInt() @Min(1) placeBefore?: number;
}

export class SearchHit {
  @IsString() chunkId: string;
  @IsOptional() @IsString() documentId?: string;
  @IsOptional() @IsString() meetingId?: string;
  @IsString() text: string;
  /** Of a meeting: when the passage begins, in milliseconds from its start. */
  @IsOptional() @IsInt() @Min(0) startMs?: number;
  /**
   * How much of what was asked it holds, from 0 to 1, comparable between queries. Items are ordered by
   * `scores.fused` or `scores.reranked`, which say nothing about whether the best one is any good; this does.
   */
  @IsNumber() score: number;
  @ValidateNested() @Type(() => HitScores) scores: HitScores;
  @ValidateNested() @Type(() => Citation) citation: Citation;
  /** When it was asked for. */
  @IsOptional() @ValidateNested() @Type(() => HitExplanation) explanation?: HitExplanation;
}

/** A hit below this score is a stray match, not an answer. */
export const WEAK_HIT_SCORE = 0.4;

export class SearchResults {
  /** Best first. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => SearchHit) items: SearchHit[];
  /** The configured embedding model failed: found by words only. Or the re-ranking model did: in the order of `scores.fused`. */
  @IsBoolean() degraded: boolean;
}
