import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isId, ProblemError } from '@parley/contracts';
import { requestContext } from '@parley/service';
import { ActionsRepository } from './actions.repository';

@ApiTags('actions')
@Controller('v1/actions')
export class ActionsController {
  constructor(@Inject(ActionsRepository) private readonly actions: ActionsRepository) {}

  @Get(':id')
  async get(@Param('id') id: string): Promise<object> {
    const { workspaceId } = requestContext();
    const action = isId(id) ? await this.actions.find(workspaceId, id) : null;
    if (!action) throw new ProblemError('not-found', 'There is no action with this id.');
    const { tool, provider, connectionId, arguments: frozen } = action.approved;
    const { meetingId, suggestionId, status } = action;
    return { id, suggestionId, meetingId, status, provider, tool, connectionId, arguments: frozen };
  }
}
