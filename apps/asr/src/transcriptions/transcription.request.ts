import { FormBoolean } from '@parley/service';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

export const RESPONSE_FORMATS = ['json', 'verbose_json', 'text', 'srt', 'vtt'] as const;
export type ResponseFormat = (typeof RESPONSE_FORMATS)[number];
export const GRANULARITIES = ['segment', 'word'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** A form knows text only. */
const asNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
);
const asList = Transform(({ value }: { value: unknown }) =>
  value === undefined || Array.isArray(value) ? value : [value],
);

/** The fields beside the `file`, as OpenAI's API names them. */
export class TranscriptionRequest {
  /** Any name: this service has one engine, which `GET /v1/engines` names. */
  @IsOptional() @IsString() @Length(1, 200) model?: string;

  /** ISO 639-1, or with a region. Default: en. */
  @IsOptional()
  @IsString()
  @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  language?: string;

  /** Names and words to expect: a list, or a text in which they stand. */
  @IsOptional() @IsString() @MaxLength(10_000) prompt?: string;

  /** Taken, and of no effect with an engine that does not sample, as the local one. */
  @IsOptional() @asNumber @IsNumber() @Min(0) @Max(1) temperature?: number;

  /** Default: json. */
  @IsOptional() @IsIn(RESPONSE_FORMATS) response_format?: ResponseFormat;

  /** What a `verbose_json` answer holds. Default: segment. */
  @IsOptional()
  @asList
  @IsArray()
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsIn(GRANULARITIES, { each: true })
  timestamp_granularities?: Granularity[];

  /** Server-sent events while it is understood. With `json` or `text` only. */
  @IsOptional() @FormBoolean() @IsBoolean() stream?: boolean;
}
