import { IsBoolean, IsObject, IsOptional, IsString, Length } from 'class-validator';

export class CreateConnection {
  /** An id that `GET /v1/providers` lists. */
  @IsString() @Length(1, 40) provider: string;
  /** Unique in the workspace. */
  @IsString() @Length(1, 100) name: string;
  /** What the provider asks for. */
  @IsObject() settings: Record<string, unknown>;
  @IsOptional() @IsBoolean() isDefault?: boolean;
}
