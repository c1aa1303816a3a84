import { Nullable, SCOPES, type Scope } from '@parley/contracts';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsRFC3339,
  IsString,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';
import { MOST_LOOKED_FOR, PageQuery } from '@parley/service';
import { WORKSPACE_PATTERN } from '../workspaces/workspace.dto';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

export class CreateKey {
  /**
   * Whose key it is: it stands beside what its holder decides. No two valid keys of a workspace have the same,
   * and none has an `@`: so are those named who signed in through the identity provider.
   */
  @IsString() @Length(1, 80) name: string;
  /** Each by itself; none includes another. */
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsIn(SCOPES, { each: true }) scopes: Scope[];
  /** RFC 3339, in the future. Default: it stays valid until it is revoked. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsRFC3339()
  expiresAt?: string;
  /** Only the operator may name another than the caller's own. */
  @IsOptional() @Matches(WORKSPACE_PATTERN) workspaceId?: string;
}

export class KeyView {
  @IsUUID() id: string;
  @IsString() workspaceId: string;
  @IsString() name: string;
  @IsArray() @IsIn(SCOPES, { each: true }) scopes: Scope[];
  /** Whether it is that of somebody who signed in through the identity provider. */
  @IsBoolean() signedIn: boolean;
  /** Who made it. */
  @IsString() createdBy: string;
  @IsISO8601() createdAt: string;
  @Nullable() @IsISO8601() expiresAt: string | null;
}

export class IssuedKey extends KeyView {
  /** Shown this once: only its hash is kept. Send it as `Authorization: Bearer <secret>`. */
  @IsString() secret: string;
}

const IDS = new RegExp(`^${UUID}(?:,${UUID}){0,${MOST_LOOKED_FOR - 1}}$`);

export class AnnouncedQuery extends PageQuery {
  /** Of these ids alone, parted by commas: 50 at most. */
  @IsOptional() @Matches(IDS) ids?: string;
}

export class Whoami {
  @IsString() workspaceId: string;
  @IsArray() @IsIn(SCOPES, { each: true }) scopes: Scope[];
  @IsString() name: string;
  /** Whether others need a key here. */
  @IsBoolean() authRequired: boolean;
}
