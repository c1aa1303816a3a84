import { Nullable } from '@parley/contracts';
import {
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Length,
  Min,
} from 'class-validator';

export class CreateCalendarFeed {
  /** Told apart by it within the workspace. */
  @IsString() @Length(1, 120) name: string;
  /**
   * Where the calendar gives itself out as iCalendar: the secret or private address of Google Calendar, Outlook, Nextcloud
   * and others; `https`, `http` or `webcal`. Kept encrypted and never shown again.
   */
  @IsString() @Length(1, 2048) url: string;
  /** IANA name in which times are meant that name no zone, where the calendar does not say. Default: `UTC`. */
  @IsOptional() @IsTimeZone() timeZone?: string;
}

/** A calendar that meetings are planned from. Its address is not shown: who has it reads the calendar. */
export class CalendarFeed {
  @IsUUID() id: string;
  @IsString() name: string;
  /** Of its address. */
  @IsString() host: string;
  @IsString() timeZone: string;
  /** Meetings planned from it that are not over. */
  @IsInt() @Min(0) planned: number;
  /** More than are planned from one feed: the latest within CALENDAR_FEED_HORIZON_DAYS are left out. */
  @IsInt() @Min(0) leftOut: number;
  /** Events that could not be understood, and are not planned. */
  @IsInt() @Min(0) unread: number;
  /** When it was last looked at and could be read, changed or not. */
  @Nullable() @IsISO8601() refreshedAt: string | null;
  /** Since when it cannot be read; what was planned before stays. */
  @Nullable() @IsISO8601() failingSince: string | null;
  /** Why. */
  @Nullable() @IsString() failure: string | null;
  @IsISO8601() nextRefreshAt: string;
  @IsISO8601() createdAt: string;
}
