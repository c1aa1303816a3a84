import { PRIVACY_MODES, type PrivacyMode } from '@parley/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';

export const WORKSPACE_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export class CreateWorkspace {
  /** A word of its own: it stands in `X-Workspace-Id`, and is not changed later. */
  @Matches(WORKSPACE_PATTERN) id: string;
  @IsString() @Length(1, 120) name: string;
}

/** Whose everything is: meetings, documents, connections and keys of one workspace are nothing to another. */
export class Workspace {
  @Matches(WORKSPACE_PATTERN) id: string;
  @IsString() name: string;
  /** In all its meetings addresses, telephone and card numbers are taken out of what is said. */
  @IsBoolean() redactPersonalData: boolean;
  /** So are names of people. */
  @IsBoolean() redactNames: boolean;
  /** How private a meeting is that does not say so itself. */
  @IsIn(PRIVACY_MODES) privacyMode: PrivacyMode;
  /** Names and words that each of its meetings expects to hear, besides its own. */
  @IsArray() @IsString({ each: true }) vocabulary: string[];
  @IsISO8601() createdAt: string;
}

/** What is left out stays as it is. */
export class ChangeWorkspace {
  @IsOptional() @IsString() @Length(1, 120) name?: string;
  /** Counts for meetings that are made from now on. */
  @IsOptional() @IsBoolean() redactPersonalData?: boolean;
  /** Counts for meetings that are made from now on. */
  @IsOptional() @IsBoolean() redactNames?: boolean;
  /** Counts for meetings that are made from now on. */
  @IsOptional() @IsIn(PRIVACY_MODES) privacyMode?: PrivacyMode;
  /** All of them, in place of those there were. Counts for meetings that are made from now on. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  vocabulary?: string[];
}
