import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';

export const PRIVACY_MODES = ['transcript', 'notes-only', 'off-the-record'] as const;
export type PrivacyMode = (typeof PRIVACY_MODES)[number];

/** A channel's name: one audio source of a meeting, `main` when nobody says otherwise. */
export const CHANNEL_PATTERN = /^[A-Za-z0-9_-]{1,32}$/;

export class ParticipantInput {
  @IsString() @Length(1, 120) name: string;
  @IsOptional() @IsEmail() email?: string;
  /** The audio channel that is this person's own; speech on it is theirs. */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
}

export class Participant extends ParticipantInput {
  @IsString() id: string;
}

export class CreateMeeting {
  @IsString() @Length(1, 200) title: string;
  @IsOptional() @Matches(/^[a-z0-9-]{1,32}$/) platform?: string;
  @IsOptional() @IsIn(PRIVACY_MODES) privacyMode?: PrivacyMode;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ParticipantInput)
  participants?: ParticipantInput[];
  /** BCP 47; the local speech engine is English. Default: `en`. */
  @IsOptional() @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/) language?: string;
  /** IANA name in which spoken dates are meant. Default: `UTC`. */
  @IsOptional() @IsString() @Length(1, 64) timeZone?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  vocabulary?: string[];
  @IsOptional() @IsBoolean() keepAudio?: boolean;
}

export interface Meeting {
  id: string;
  title: string;
  platform: string;
  privacyMode: PrivacyMode;
  participants: Participant[];
  language: string;
  timeZone: string;
  vocabulary: string[];
  keepAudio: boolean;
  status: 'live' | 'ended';
  startedAt: string;
  endedAt: string | null;
}
