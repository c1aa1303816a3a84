import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isId, ProblemError } from '@parley/contracts';
import {
  ApiRoute,
  assertIdCursor,
  pageFrom,
  pageOf,
  requestContext,
  type Page,
} from '@parley/service';
import { ActionView, ListActions, toActionView } from './action.views';
import { ActionsRepository } from './actions.repository';

@ApiTags('actions')
@Controller('v1/actions')
export class ActionsController {
  constructor(@Inject(ActionsRepository) private readonly actions: ActionsRepository) {}

  /** What was approved and what became of it, newest first. */
  @ApiRoute({ id: 'listActions', summary: 'List actions', returns: pageOf(ActionView) })
  @Get()
  async list(@Query() query: ListActions): Promise<Page<ActionView>> {
    const { meetingId, status, limit, cursor } = query;
    assertIdCursor(cursor);
    const filter = {
      workspaceId: requestContext().workspaceId,
      ...(meetingId ? { meetingId } : {}),
      ...(status ? { status } : {}),
    };
    const rows = await this.actions.list(filter, limit + 1, cursor);
    return pageFrom(rows, limit, toActionView);
  }

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
    return toActionView(action);
  }
}
