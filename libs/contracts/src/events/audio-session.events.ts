import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Speaker } from '../meeting/segment';

/** What comes on a channel: sound, or what somebody else has heard in it. */
export const CHANNEL_SOURCES = ['audio', 'captions'] as const;
export type ChannelSource = (typeof CHANNEL_SOURCES)[number];

/** A channel's audio begins to arrive on `parley:audio:<meetingId>`: one asr replica takes it. */
export class AudioSessionOpened {
  @IsString() channel: string;
  /** Who a channel of one's own belongs to; null on mixed audio. */
  @IsOptional() @ValidateNested() @Type(() => Speaker) speaker: Speaker | null;
  @IsString() language: string;
  /** Default: `audio`. */
  @IsOptional() @IsIn(CHANNEL_SOURCES) source?: ChannelSource;
  @IsISO8601() startedAt: string;
  /** Addresses, telephone and card numbers are taken out of what is said before it is written anywhere. */
  @IsOptional() @IsBoolean() redactPersonalData?: boolean;
  /** So are names of people. */
  @IsOptional() @IsBoolean() redactNames?: boolean;
}
