import {
  IsBoolean,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
} from 'class-validator';

export class CreateAuthorization {
  /** One that asks people for their consent, such as `gmail`. */
  @IsString() @Length(1, 40) provider: string;
  /** What the connection will be called. */
  @IsString() @Length(1, 100) name: string;
  /** What the provider asks for besides the consent. */
  @IsOptional() @IsObject() settings?: Record<string, unknown>;
  @IsOptional() @IsBoolean() isDefault?: boolean;
}

/** The person consents there. */
export class AuthorizationView {
  @IsUrl({ require_tld: false }) url: string;
  /** Until then the answer is taken. */
  @IsISO8601() expiresAt: string;
}

/** What the provider appended to OAUTH_REDIRECT_URL. */
export class CompleteAuthorization {
  @IsString() @Length(1, 200) state: string;
  @IsOptional() @IsString() @Length(1, 4096) code?: string;
  /** Instead of a code when the person said no. */
  @IsOptional() @IsString() @Length(1, 200) error?: string;
}

/** The same, as a browser brings it; what providers add besides is passed over. */
export class CallbackQuery extends CompleteAuthorization {
  @IsOptional() @IsString() scope?: string;
  @IsOptional() @IsString() authuser?: string;
  @IsOptional() @IsString() prompt?: string;
  @IsOptional() @IsString() hd?: string;
  @IsOptional() @IsString() iss?: string;
  @IsOptional() @IsString() error_description?: string;
}
