import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsObject, IsString, IsUUID, ValidateNested } from 'class-validator';
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
  /** Without the secret ones. */
  @IsObject() settings: Record<string, unknown>;
}
