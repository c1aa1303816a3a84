import { Body, Controller, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope, pageOf, PageQuery, type Page } from '@parley/service';
import { ChangeWorkspace, CreateWorkspace, Workspace } from './workspace.dto';
import { WorkspacesService } from './workspaces.service';

@ApiTags('access')
@NeedsScope('operator')
@Controller('v1/workspaces')
export class WorkspacesController {
  constructor(@Inject(WorkspacesService) private readonly workspaces: WorkspacesService) {}

  /** Then make its first key: `POST /v1/keys` with its `workspaceId`. */
  @ApiRoute({
    id: 'createWorkspace',
    summary: 'Make a workspace',
    returns: Workspace,
    problems: ['conflict'],
    example: { id: 'acme', name: 'Acme' },
  })
  @Post()
  create(@Body() input: CreateWorkspace): Promise<Workspace> {
    return this.workspaces.create(input);
  }

  @ApiRoute({ id: 'listWorkspaces', summary: 'List workspaces', returns: pageOf(Workspace) })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<Workspace>> {
    return this.workspaces.list(page.limit, page.cursor);
  }

  @ApiRoute({
    id: 'getCurrentWorkspace',
    summary: "Get the caller's workspace",
    returns: Workspace,
    problems: ['workspace-not-found'],
  })
  @NeedsScope('read')
  @Get('current')
  current(): Promise<Workspace> {
    return this.workspaces.current();
  }

  @ApiRoute({
    id: 'updateCurrentWorkspace',
    summary: "Change the caller's workspace",
    returns: Workspace,
    problems: ['workspace-not-found'],
    example: { redactPersonalData: true },
  })
  @NeedsScope('admin')
  @Patch('current')
  change(@Body() input: ChangeWorkspace): Promise<Workspace> {
    return this.workspaces.change(input);
  }
}
