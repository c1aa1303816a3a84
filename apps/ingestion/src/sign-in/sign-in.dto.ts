import { Nullable, SCOPES, type Scope } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsISO8601,
  IsString,
  IsUrl,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

export class SignInProvider {
  /** What people know it by. */
  @IsString() name: string;
  /** Where on the page the identity provider sends people back to: register it there. */
  @IsUrl({ require_tld: false }) callbackUrl: string;
}

export class SignInOptions {
  /** Null: people sign in with a key only. */
  @Nullable() @ValidateNested() @Type(() => SignInProvider) provider: SignInProvider | null;
}

export class BegunSignIn {
  /** Whoever shows it finishes the sign-in: keep it where this browser alone has it, such as a sealed cookie. */
  @IsString() attempt: string;
  /** What the provider's answer names it by. */
  @IsString() state: string;
  /** Where the browser goes now. */
  @IsUrl({ require_tld: false }) url: string;
  @IsISO8601() expiresAt: string;
}

export class CompleteSignIn {
  @Matches(/^[\w-]{43}$/) attempt: string;
  /** The query that the browser came back with, as it is. */
  @IsString() @Length(1, 8_192) answer: string;
}

export class CompletedSignIn {
  /** An API key that ends by itself, or with `DELETE /v1/sign-in`. It is told this once. */
  @IsString() secret: string;
  @IsISO8601() expiresAt: string;
  /** Who they are: it stands beside what they decide. */
  @IsString() name: string;
  @IsString() workspaceId: string;
  @IsArray() @IsIn(SCOPES, { each: true }) scopes: Scope[];
}
