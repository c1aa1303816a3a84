import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';

class PlannedOccurrence {
  @IsUUID() feedId: string;
  /** Which meeting of the feed, and of a recurring one which time it is held. */
  @IsString() @Length(1, 64) key: string;
  /** Grows with every change of the feed: what an older one says does not count any more. */
  @IsInt() @Min(1) revision: number;
  @IsISO8601() endsAt: string;
}

export class PlannedParticipant {
  @IsString() @Length(1, 120) name: string;
  @IsOptional() @IsEmail() email?: string;
}

/** A calendar holds a meeting that nobody has begun; told again when it is moved or renamed. */
export class CalendarPlanned extends PlannedOccurrence {
  @IsString() @Length(1, 200) title: string;
  @Matches(/^[a-z0-9-]{1,32}$/) platform: string;
  @IsISO8601() startsAt: string;
  /** IANA name. */
  @IsTimeZone() @Length(1, 64) timeZone: string;
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PlannedParticipant)
  participants: PlannedParticipant[];
}

/** It is not in the calendar any more, or the feed was removed. */
export class CalendarCancelled extends PlannedOccurrence {}
