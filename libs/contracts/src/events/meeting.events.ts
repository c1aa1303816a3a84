import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';
import { Participant, PRIVACY_MODES, type PrivacyMode } from '../meeting/meeting';

export class MeetingStarted {
  @IsString() title: string;
  @IsIn(PRIVACY_MODES) privacyMode: PrivacyMode;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Participant) participants: Participant[];
  @IsString() language: string;
  /** IANA name. */
  @IsString() timeZone: string;
  @IsArray() @IsString({ each: true }) vocabulary: string[];
  @IsISO8601() startedAt: string;
  /** As `audio.session.opened` says. */
  @IsOptional() @IsBoolean() redactPersonalData?: boolean;
  @IsOptional() @IsBoolean() redactNames?: boolean;
}

export class MeetingEnded {
  @IsISO8601() endedAt: string;
  /** Channels that ever carried audio: a summary waits for `transcript.completed` of each. */
  @IsArray() @IsString({ each: true }) channels: string[];
}

export class MeetingPrivacyChanged {
  @IsIn(PRIVACY_MODES) privacyMode: PrivacyMode;
  @IsInt() @Min(0) atMs: number;
}

export class MeetingErased {
  @IsISO8601() erasedAt: string;
}

/** Of the meeting only notes may be kept from now on: what was said goes. */
export class MeetingReduced {
  @IsISO8601() reducedAt: string;
}

/** How much one store lost in an erasure. */
export class ErasedStore {
  /** `asr.segments`, `idempotency answers`. */
  @IsString() store: string;
  @IsInt() @Min(0) erased: number;
}

/** One service has erased all that it held of a meeting; it says how much, and nothing of what it was. */
export class MeetingForgotten {
  @IsString() service: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ErasedStore) stores: ErasedStore[];
}

/** One service holds nothing any more of what was said in the meeting. */
export class MeetingWordsForgotten {
  @IsString() service: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ErasedStore) stores: ErasedStore[];
}
