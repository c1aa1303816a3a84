import { SEARCH_MODES, SOURCE_KINDS, type SearchMode, type SourceKind } from '@parley/contracts';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsRFC3339,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
} from 'class-validator';

export class SearchRequest {
  /** A question or some words. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @Length(1, 1_000)
  query: string;

  @IsOptional()
  @IsIn(SEARCH_MODES)
  mode: SearchMode = 'hybrid';

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  limit = 5;

  /** Only in documents, or only in meetings that have ended. Default: in both. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @IsIn(SOURCE_KINDS, { each: true })
  sources?: SourceKind[];

  /** Only in these documents, and in `meetingIds`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  documentIds?: string[];

  /** Only in these meetings, and in `documentIds`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  meetingIds?: string[];

  /** Only in what was added, or held, at this instant or later. RFC 3339. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsRFC3339()
  from?: string;

  /** Only in what was added, or held, before this instant. RFC 3339. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsRFC3339()
  to?: string;

  /** Only in documents that have all of these. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  tags?: string[];

  /** Each hit says what its place is made of. */
  @IsOptional()
  @IsBoolean()
  explain = false;
}
