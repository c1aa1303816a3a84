import { CHANNEL_PATTERN } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LONGEST_MEETING_MS } from '../meetings/longest-meeting';

export const LONGEST_UTTERANCE = 5_000;
/** Five hours of talk are about half a megabyte of subtitles. */
export const MOST_SUBTITLES_BYTES = 4_194_304;

export class Utterance {
  @IsString() @Length(1, LONGEST_UTTERANCE) @Matches(/\S/) text: string;
  /**
   * As the sender calls it, once in its channel. Sent again it changes nothing, and with other words it corrects what was
   * said. Default: a new one, so that what is sent again is said again.
   */
  @IsOptional() @Matches(/^[\w.:-]{1,64}$/) id?: string;
  /** Who said it: a participant, or whoever has this name. Default: the channel's own participant, or nobody known. */
  @IsOptional() @IsString() @Length(1, 120) @Matches(/\S/) speaker?: string;
  /** Milliseconds from the meeting's start. Default: estimated from the end and the words. */
  @IsOptional() @IsInt() @Min(0) @Max(LONGEST_MEETING_MS) startMs?: number;
  /** Default: estimated from `startMs`; without that, now. */
  @IsOptional() @IsInt() @Min(0) @Max(LONGEST_MEETING_MS) endMs?: number;
}

export class AddUtterances {
  /** One of the meeting's that takes no audio. Default: `captions`. */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique((one: Partial<Utterance> | null) => one?.id ?? one)
  @ValidateNested({ each: true })
  @Type(() => Utterance)
  utterances: Utterance[];
}

/** Either a multipart `file`, or `text` as JSON. */
export class ImportCaptions {
  /** WebVTT or SubRip. */
  @IsOptional() @IsString() @MaxLength(MOST_SUBTITLES_BYTES) text?: string;
  /** One of the meeting's that takes no audio. Default: `captions`. */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
}

export class CaptionsTaken {
  @IsString() channel: string;
  /** They are safe, and become segments. */
  @IsInt() @Min(0) accepted: number;
  /** They were dropped: the meeting is or was off the record, or who said it declined. */
  @IsInt() @Min(0) withheld: number;
}
