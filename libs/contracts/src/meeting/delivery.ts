import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Min,
  ValidateNested,
} from 'class-validator';

export const DELIVERY_STATUSES = [
  'planned',
  'sending',
  'succeeded',
  'failed',
  'uncertain',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const ATTEMPT_OUTCOMES = ['succeeded', 'failed', 'uncertain'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export class DeliveryAttempt {
  /** RFC 3339 UTC. */
  @IsISO8601() at: string;
  @IsIn(ATTEMPT_OUTCOMES) outcome: AttemptOutcome;
  /** HTTP status, where there was one. */
  @IsOptional() @IsInt() status?: number;
  /** How long it took. */
  @IsInt() @Min(0) ms: number;
  @IsOptional() @IsString() reason?: string;
}

/** The record of carrying one approved action out. */
export class Delivery {
  @IsString() id: string;
  @IsString() actionId: string;
  @IsOptional() @IsString() suggestionId?: string;
  @IsString() meetingId: string;
  @IsString() provider: string;
  @IsString() tool: string;
  /** `uncertain`: it may or may not have happened, and a person decides. */
  @IsIn(DELIVERY_STATUSES) status: DeliveryStatus;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => DeliveryAttempt)
  attempts: DeliveryAttempt[];
  /** Why it failed, waits or is uncertain. */
  @IsOptional() @IsString() reason?: string;
  /** What the provider calls the result. */
  @IsOptional() @IsString() externalId?: string;
  @IsOptional() @IsString() url?: string;
}
