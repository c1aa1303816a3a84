import { IsBoolean, IsObject, IsOptional, IsString, Length } from 'class-validator';

export class UpdateConnection {
  @IsOptional() @IsString() @Length(1, 100) name?: string;
  /** All of them, secrets included: a kept secret is never sent to an address that was changed. */
  @IsOptional() @IsObject() settings?: Record<string, unknown>;
  @IsOptional() @IsBoolean() isDefault?: boolean;
}
