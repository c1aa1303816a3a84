import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsISO8601,
  IsOptional,
  IsRFC3339,
  IsString,
  IsTimeZone,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { Nullable } from '../values/nullable.decorator';

/** Words that a meeting may expect in all: its own and its workspace's. */
export const MOST_MEETING_WORDS = 400;

export const PRIVACY_MODES = ['transcript', 'notes-only', 'off-the-record'] as const;
export type PrivacyMode = (typeof PRIVACY_MODES)[number];

/** A channel's name: one audio source of a meeting, `main` when nobody says otherwise. */
export const CHANNEL_PATTERN = /^[A-Za-z0-9_-]{1,32}$/;

export class ParticipantInput {
  @IsString() @Length(1, 120) name: string;
  @IsOptional() @IsEmail() email?: string;
  /**
   * The audio channel that is this person's own; speech on it is theirs. On a channel that several participants name,
   * or none, speakers are told apart by their voices.
   */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
}

export const CONSENTS = ['granted', 'declined', 'unknown'] as const;
/** What a participant said about being recorded. */
export type Consent = (typeof CONSENTS)[number];
export const CONSENT_METHODS = ['spoken', 'written', 'platform', 'other'] as const;
/** How they said so. */
export type ConsentMethod = (typeof CONSENT_METHODS)[number];

export class Participant extends ParticipantInput {
  @IsString() id: string;
  /** Absent in meetings that are older than the question. */
  @IsOptional() @IsIn(CONSENTS) consent?: Consent;
}

export class CreateMeeting {
  @IsString() @Length(1, 200) title: string;
  /** A free short word: `zoom`, `meet`, `teams`, `room`, `other`. Default: `other`. */
  @IsOptional() @Matches(/^[a-z0-9-]{1,32}$/) platform?: string;
  /** Default: as the workspace says; `transcript` where it said nothing. */
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
  @IsOptional() @IsTimeZone() @Length(1, 64) timeZone?: string;
  /** Names and words that the speech engine should expect, besides the participants' names and the workspace's words. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  vocabulary?: string[];
  /**
   * Takes addresses, telephone and card numbers out of what is said, before it is shown or written anywhere: `[email]`
   * stands there instead. Default: as the workspace says; where it does so in all its meetings, none is left out.
   */
  @IsOptional() @IsBoolean() redactPersonalData?: boolean;
  /**
   * Takes names of people out of what is said in the same way, as far as they can be told: `[name]` stands there instead. Who
   * speaks is still said by the name that was given to them. Default: as the workspace says, as above.
   */
  @IsOptional() @IsBoolean() redactNames?: boolean;
  /**
   * Keeps the audio of every channel, sealed, for as long as the operator says. Refused where personal data is taken out,
   * of a meeting that is notes-only, and where there is no place for it. Default: audio is dropped once it is transcribed.
   */
  @IsOptional() @IsBoolean() keepAudio?: boolean;
  /**
   * When it began, for a meeting that is held from a recording: spoken dates count from here. RFC 3339, not
   * before 1970 and not in the future. Default: now.
   */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsRFC3339()
  startedAt?: string;
}

export const MEETING_STATUSES = ['live', 'ended'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

export class Meeting {
  @IsUUID() id: string;
  @IsString() title: string;
  /** A free short word: `zoom`, `meet`, `teams`, `room`, `other`. */
  @IsString() platform: string;
  @IsIn(PRIVACY_MODES) privacyMode: PrivacyMode;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Participant) participants: Participant[];
  /** BCP 47. */
  @IsString() language: string;
  /** IANA name in which spoken dates are meant. */
  @IsString() timeZone: string;
  @IsArray() @IsString({ each: true }) vocabulary: string[];
  @IsBoolean() keepAudio: boolean;
  /** Addresses, telephone and card numbers are taken out of what is said. */
  @IsBoolean() redactPersonalData: boolean;
  /** Names of people are. */
  @IsBoolean() redactNames: boolean;
  @IsIn(MEETING_STATUSES) status: MeetingStatus;
  @IsISO8601() startedAt: string;
  /** Null while it is live. */
  @Nullable() @IsISO8601() endedAt: string | null;
  /** Of a meeting that is notes-only: since when nothing that was said is kept anywhere. */
  @IsOptional() @IsISO8601() wordsErasedAt?: string;
}
