import { IsISO8601, IsOptional, IsString, IsTimeZone, Length } from 'class-validator';
import { MAX_TEXT_LENGTH } from '../analysis/analyse-text';

export class CreateAnalysis {
  @IsString() @Length(1, MAX_TEXT_LENGTH) text: string;
  /** RFC 3339; relative dates count from here. Default: now. */
  @IsOptional() @IsISO8601({ strict: true, strictSeparator: true }) at?: string;
  /** IANA name in which spoken dates are meant. Default: `UTC`. */
  @IsOptional() @IsTimeZone() timeZone?: string;
}
