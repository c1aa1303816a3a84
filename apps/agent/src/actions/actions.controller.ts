import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isId, ProblemError } from '@parley/contracts';
import { ApiRoute, requestContext } from '@parley/service';
import { ActionView } from './action.views';
import { ActionsRepository } from './actions.repository';

@ApiTags('actions')
@Controller('v1/actions')
export class ActionsController {
  constructor(@Inject(ActionsRepository) private readonly actions: ActionsRepository) {}

  @ApiRoute({
    id: 'getAction',
    summary: 'Get an action',
    returns: ActionView,
    problems: ['not-found'],
  })
  @Get(':id')
  async get(@Param('id') id: string): Promise<ActionView> {
    const { workspaceId } = requestContext();
    const action = isId(id) ? await this.actions.find(workspaceId, id) : null;
    if (!action) throw new ProblemError('not-found', 'There is no action with this id.');
    const { tool, provider, connectionId, arguments: frozen } = action.approved;
    const { meetingId, suggestionId, status } = action;
    return { id, suggestionId, meetingId, status, provider, tool, connectionId, arguments: frozen };
  }
}
