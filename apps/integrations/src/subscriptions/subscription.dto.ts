import { DeliveryAttempt, Nullable } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  MESSAGE_STATUSES,
  PAUSE_REASONS,
  SUBSCRIPTION_KINDS,
  SUBSCRIPTION_STATUSES,
  type MessageStatus,
  type PauseReason,
  type SubscriptionKind,
  type SubscriptionStatus,
} from './subscription-kinds';

export class CreateSubscription {
  /** Where events are posted, http or https. No private address, unless OUTBOUND_ALLOW_HOSTS names it. */
  @IsString() @Length(1, 2_048) url: string;
  /** Which entries of the workspace's timelines. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SUBSCRIPTION_KINDS, { each: true })
  kinds: SubscriptionKind[];
}

export class UpdateSubscription {
  @IsOptional() @IsString() @Length(1, 2_048) url?: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SUBSCRIPTION_KINDS, { each: true })
  kinds?: SubscriptionKind[];
  /** True pauses it; false resumes it, whatever paused it. */
  @IsOptional() @IsBoolean() paused?: boolean;
}

export class Subscription {
  @IsUUID() id: string;
  @IsString() url: string;
  @IsArray() @IsIn(SUBSCRIPTION_KINDS, { each: true }) kinds: SubscriptionKind[];
  /** While it is paused, events wait for it for SUBSCRIPTION_KEEP_DAYS. */
  @IsIn(SUBSCRIPTION_STATUSES) status: SubscriptionStatus;
  /** `gone`: the receiver answered 410. `failing`: nothing got through for too long. */
  @Nullable() @IsIn(PAUSE_REASONS) pausedReason: PauseReason | null;
  /** Nothing got through since then; null while things do. */
  @Nullable() @IsISO8601() failingSince: string | null;
  /** Until then the secret before the last rotation signs as well. */
  @Nullable() @IsISO8601() previousSecretUntil: string | null;
  @IsISO8601() createdAt: string;
}

export class SubscriptionWithSecret extends Subscription {
  /** `whsec_…`: shown this once. What is posted is signed with it, as Standard Webhooks describes. */
  @IsString() secret: string;
}

/** What came of posting a test event. */
export class SubscriptionTest {
  @IsBoolean() accepted: boolean;
  /** HTTP status, where there was one. */
  @IsOptional() @IsInt() status?: number;
  /** Why it was not accepted. */
  @IsOptional() @IsString() reason?: string;
  @IsInt() @Min(0) ms: number;
}

/** One timeline entry on its way to the subscription. */
export class SubscriptionDelivery {
  @IsUUID() id: string;
  /** The `webhook-id` header, the same in each attempt. */
  @IsString() webhookId: string;
  @IsString() meetingId: string;
  /** Of the entry on its meeting's timeline. */
  @IsInt() @Min(1) cursor: number;
  @IsIn(SUBSCRIPTION_KINDS) kind: SubscriptionKind;
  /** `failed`: given up. `dropped`: what it was about is no longer there. */
  @IsIn(MESSAGE_STATUSES) status: MessageStatus;
  /** How often it was tried in all. */
  @IsInt() @Min(0) tries: number;
  /** The last twenty. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => DeliveryAttempt)
  attempts: DeliveryAttempt[];
  /** Not before then; null when it is over. */
  @Nullable() @IsISO8601() nextAttemptAt: string | null;
  @IsISO8601() createdAt: string;
}
