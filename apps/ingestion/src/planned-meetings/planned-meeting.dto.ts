import { PlannedParticipant, PRIVACY_MODES, type PrivacyMode } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

/** A meeting that a calendar holds and nobody has begun. Whoever may write in that calendar wrote its words. */
export class PlannedMeeting {
  @IsUUID() id: string;
  /** The calendar that it stands in: `GET /v1/calendar-feeds/{id}` of integrations. */
  @IsUUID() feedId: string;
  @IsString() title: string;
  /** `zoom`, `meet`, `teams` or `other`, by the addresses in it. */
  @IsString() platform: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PlannedParticipant)
  participants: PlannedParticipant[];
  /** IANA name in which its times are meant. */
  @IsString() timeZone: string;
  @IsISO8601() startsAt: string;
  @IsISO8601() endsAt: string;
}

/** What the calendar does not say; title, participants, platform and time zone are the plan's. */
export class BeginPlannedMeeting {
  /** Default: as the workspace says. */
  @IsOptional() @IsIn(PRIVACY_MODES) privacyMode?: PrivacyMode;
  /** BCP 47. Default: `en`. */
  @IsOptional() @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/) language?: string;
  /** Names and words that the speech engine should expect, besides the participants' names. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  vocabulary?: string[];
  /** Default: as the workspace says; where it does so in all its meetings, none is left out. */
  @IsOptional() @IsBoolean() redactPersonalData?: boolean;
  /** As above. */
  @IsOptional() @IsBoolean() redactNames?: boolean;
}
