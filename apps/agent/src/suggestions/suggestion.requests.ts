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
  /** Default: the workspace's default connection. */
  @IsOptional() @IsUUID() connectionId?: string;
}

export class RejectSuggestion {
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
