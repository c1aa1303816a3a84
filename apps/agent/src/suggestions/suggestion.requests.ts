import {
  SUGGESTION_STATUSES,
  type ActionArguments,
  type SuggestionStatus,
} from '@parley/contracts';
import { PageQuery } from '@parley/service';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, Length } from 'class-validator';

export class ListSuggestions extends PageQuery {
  @IsOptional() @IsUUID() meetingId?: string;
  @IsOptional() @IsIn(SUGGESTION_STATUSES) status?: SuggestionStatus;
}

export class ApproveSuggestion {
  /** In place of the drafted ones. */
  @IsOptional() @IsObject() arguments?: ActionArguments;
  /** Default: one with a tool made for the kind, the workspace's default connection before others. */
  @IsOptional() @IsUUID() connectionId?: string;
  /** One of the connection's tools that takes this kind: `gmail.email.send` instead of the draft. */
  @IsOptional() @IsString() @Length(1, 100) tool?: string;
}

export class RejectSuggestion {
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
