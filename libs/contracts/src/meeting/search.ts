import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsNumber,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { Citation } from './citation';

export const SEARCH_MODES = ['hybrid', 'vector', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** How each way of searching rated a hit; what did not find it is missing. */
export class HitScores {
  @IsOptional() @IsNumber() vector?: number;
  @IsOptional() @IsNumber() keyword?: number;
  /** Orders the items. */
  @IsNumber() fused: number;
}

export class SearchHit {
  @IsString() chunkId: string;
  @IsOptional() @IsString() documentId?: string;
  @IsOptional() @IsString() meetingId?: string;
  @IsString() text: string;
  /**
   * How much of what was asked it holds, from 0 to 1, comparable between queries. Items are ordered by
   * `scores.fused`, which says nothing about whether the best one is any good; this does.
   */
  @IsNumber() score: number;
  @ValidateNested() @Type(() => HitScores) scores: HitScores;
  @ValidateNested() @Type(() => Citation) citation: Citation;
}

/** A hit below this score is a stray match, not an answer. */
export const WEAK_HIT_SCORE = 0.4;

export class SearchResults {
  /** Best first. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => SearchHit) items: SearchHit[];
  /** The configured embedding model failed: found by words only. */
  @IsBoolean() degraded: boolean;
}
