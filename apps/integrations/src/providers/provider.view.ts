import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsString, ValidateNested } from 'class-validator';
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
  /** What a connection to it must say. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ProviderSetting)
  settings: ProviderSetting[];
}
