import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { audited, type Page } from '@parley/service';
import type { CreateWorkspace, Workspace } from './workspace.dto';
import type { WorkspaceEntity } from './workspace.entity';
import { WorkspacesRepository } from './workspaces.repository';

@Injectable()
export class WorkspacesService {
  constructor(
    @Inject(WorkspacesRepository) private readonly workspaces: WorkspacesRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  async create({ id, name }: CreateWorkspace): Promise<Workspace> {
    const row: WorkspaceEntity = { id, name, createdAt: new Date() };
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.workspaces.insert(manager, row))) {
        throw new ProblemError('conflict', 'There is a workspace with this id.');
      }
      emit(audited('workspace.created', id, { name }, { workspaceId: id }));
    });
    return toWorkspace(row);
  }

  async list(limit: number, cursor?: string): Promise<Page<Workspace>> {
    const rows = await this.workspaces.list(limit + 1, cursor);
    const items = rows.slice(0, limit).map(toWorkspace);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws ProblemError `workspace-not-found` */
  async require(id: string): Promise<void> {
    if (await this.workspaces.exists(id)) return;
    throw new ProblemError('workspace-not-found', 'There is no workspace with this id.');
  }
}

function toWorkspace({ id, name, createdAt }: WorkspaceEntity): Workspace {
  return { id, name, createdAt: createdAt.toISOString() };
}
