import { ErasedStore, Nullable } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsISO8601,
  IsInt,
  IsString,
  IsUUID,
  Min,
  ValidateNested,
} from 'class-validator';

export const ERASURE_REASONS = ['requested', 'retention', 'off-the-record'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** What one service erased. */
export class ServiceErasure {
  @IsString() service: string;
  /** When it was done. RFC 3339 UTC. */
  @IsISO8601() at: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ErasedStore) stores: ErasedStore[];
}

/** What went from the event bus. */
export class BusErasure {
  /** Messages and dead letters that were taken out. */
  @IsInt() @Min(0) messages: number;
  /** Whether Redis was asked to write its append-only file anew; `refused` is tried again a minute later. */
  @IsIn(['no-files', 'requested', 'refused']) files: 'no-files' | 'requested' | 'refused';
}

/** What was erased where: counts, and nothing of what it was. */
export class Receipt {
  @IsUUID() id: string;
  @IsUUID() meetingId: string;
  @IsIn(ERASURE_REASONS) reason: ErasureReason;
  @IsISO8601() requestedAt: string;
  /** Null while a service has not answered yet. */
  @Nullable() @IsISO8601() completedAt: string | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ServiceErasure) services: ServiceErasure[];
  /** Null while a service has not answered yet. */
  @Nullable() @ValidateNested() @Type(() => BusErasure) bus: BusErasure | null;
}

/** Over the canonical JSON of the receipt (keys in order, no blanks), Ed25519 (RFC 8032). */
export class ReceiptSignature {
  @IsIn(['Ed25519']) algorithm: 'Ed25519';
  /** PEM, SPKI. The same for all receipts of this installation. */
  @IsString() publicKey: string;
  /** Base64. */
  @IsString() value: string;
}

export class Erasure {
  @IsUUID() id: string;
  @IsIn(['pending', 'complete']) status: 'pending' | 'complete';
  @ValidateNested() @Type(() => Receipt) receipt: Receipt;
  /** Null while it is pending. */
  @Nullable() @ValidateNested() @Type(() => ReceiptSignature) signature: ReceiptSignature | null;
}
