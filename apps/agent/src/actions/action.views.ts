import { Suggestion, type ActionArguments } from '@parley/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, IsUUID, ValidateNested } from 'class-validator';
import { ACTION_STATUSES, type ActionStatus } from './action.entity';

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
