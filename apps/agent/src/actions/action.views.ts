import { Suggestion, type ActionArguments } from '@parley/contracts';
import { Type } from 'class-transformer';
import { PageQuery } from '@parley/service';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { ACTION_STATUSES, type ActionEntity, type ActionStatus } from './action.entity';

export class ListActions extends PageQuery {
  @IsOptional() @IsUUID() meetingId?: string;
  @IsOptional() @IsIn(ACTION_STATUSES) status?: ActionStatus;
}

export class StartedAction {
  @IsUUID() id: string;
  @IsIn(ACTION_STATUSES) status: ActionStatus;
  @IsUUID() connectionId: string;
  @IsString() tool: string;
}

/** What an approval led to. */
export class ApprovedAction {
  @ValidateNested() @Type(() => Suggestion) suggestion: Suggestion;
  @ValidateNested() @Type(() => StartedAction) action: StartedAction;
}

/** An approved suggestion, its arguments frozen. */
export class ActionView extends StartedAction {
  @IsUUID() suggestionId: string;
  @IsUUID() meetingId: string;
  @IsString() provider: string;
  @IsObject() arguments: ActionArguments;
}

/** The signature stays between the services. */
export function toActionView({
  id,
  suggestionId,
  meetingId,
  status,
  approved: { tool, provider, connectionId, arguments: frozen },
}: ActionEntity): ActionView {
  return { id, suggestionId, meetingId, status, provider, tool, connectionId, arguments: frozen };
}
