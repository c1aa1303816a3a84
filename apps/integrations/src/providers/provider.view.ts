import { Type } from 'class-transformer';
import { BREAKER_STATES, type BreakerState } from '@parley/resilience';
import { IsArray, IsBoolean, IsIn, IsString, ValidateNested } from 'class-validator';
import { ReadTool } from './read-tool';
import { Tool } from './tool';

export class ProviderSetting {
  @IsString() name: string;
  @IsBoolean() required: boolean;
  /** Encrypted, and never shown again. */
  @IsBoolean() secret: boolean;
  @IsString() description: string;
}

/** What `GET /v1/providers` says of one. */
export class ProviderView {
  @IsString() id: string;
  @IsString() name: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Tool) tools: readonly Tool[];
  /** What it can be asked, without an effect. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ReadTool) reads: readonly ReadTool[];
  /**
   * `open`: it failed too often a moment ago and is left alone, deliveries wait; `probing`: one of them finds out.
   * Of this workspace, as the replica that answers knows it; where each connection leads to a server of its own, the worst.
   */
  @IsIn(BREAKER_STATES) breaker: BreakerState;
  /** What a connection to it must say. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ProviderSetting)
  settings: ProviderSetting[];
}
