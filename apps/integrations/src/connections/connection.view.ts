import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { BREAKER_STATES, type BreakerState } from '@parley/resilience';
import { ReadTool } from '../providers/read-tool';
import { Tool } from '../providers/tool';

/** A connection as clients see it: no secrets. */
export class ConnectionView {
  @IsUUID() id: string;
  /** An id that `GET /v1/providers` lists. */
  @IsString() provider: string;
  @IsString() name: string;
  /** Takes what is approved without naming a connection. */
  @IsBoolean() isDefault: boolean;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Tool) tools: readonly Tool[];
  /** What it can be asked by `POST /v1/connections/{id}/tools/{tool}`, without an effect. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ReadTool) reads: readonly ReadTool[];
  /**
   * Whether what it leads to is left alone just now, as the replica that answers knows it: `open`, deliveries wait; `probing`,
   * one of them finds out.
   */
  @IsIn(BREAKER_STATES) breaker: BreakerState;
  /** Without the secret ones. */
  @IsObject() settings: Record<string, unknown>;
}
