import { IsOptional, IsString, Length, Matches } from 'class-validator';

/** What is left out stays as it is. */
export class CorrectSegment {
  @IsOptional() @IsString() @Length(1, 5_000) @Matches(/\S/) text?: string;
  /** Id of one of the meeting's speakers. */
  @IsOptional() @IsString() @Length(1, 64) speakerId?: string;
}
