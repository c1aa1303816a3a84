import { ArrayUnique, IsArray, IsIn, IsISO8601, IsString, IsUUID, Matches } from 'class-validator';
import { Nullable } from '../values/nullable.decorator';
import { SCOPES, type Scope } from './scopes';

/** What services know of an API key: enough to tell its holder, not enough to be taken for them. */
export class AnnouncedKey {
  @IsUUID() id: string;
  @IsString() workspaceId: string;
  @IsString() name: string;
  @IsArray() @ArrayUnique() @IsIn(SCOPES, { each: true }) scopes: Scope[];
  /** SHA-256 of the secret, in hexadecimal. */
  @Matches(/^[0-9a-f]{64}$/) hash: string;
  @Nullable() @IsISO8601() expiresAt: string | null;
}
