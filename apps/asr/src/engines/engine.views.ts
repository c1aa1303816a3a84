import { Nullable } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';

const ENGINE_KINDS = ['speech', 'speakers', 'voice activity'] as const;

export class EngineInfo {
  @IsIn(ENGINE_KINDS) kind: (typeof ENGINE_KINDS)[number];
  @IsString() name: string;
  /** BCP 47, for engines that understand a language. */
  @IsOptional() @IsArray() @IsString({ each: true }) languages?: readonly string[];
  /** Processing time per time of audio, measured here so far; null before the first. */
  @IsOptional() @Nullable() @IsNumber() realTimeFactor?: number | null;
}

/** What all replicas of asr together can carry, as they measured it, and do. */
export class ListeningCapacity {
  /** Meetings that can be listened to at a time. */
  @IsInt() @Min(0) capacity: number;
  /** Meetings that are listened to. */
  @IsInt() @Min(0) meetings: number;
  /** Meetings that wait for a place. */
  @IsInt() @Min(0) waiting: number;
  @IsInt() @Min(0) replicas: number;
}

export class EngineList {
  @IsArray() @ValidateNested({ each: true }) @Type(() => EngineInfo) items: EngineInfo[];
  /** How many meetings this replica listens to. */
  @IsInt() @Min(0) meetings: number;
  @ValidateNested() @Type(() => ListeningCapacity) listening: ListeningCapacity;
}
