import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { audited, pageFrom, requestContext, type Page } from '@parley/service';
import type { ChangeWorkspace, CreateWorkspace, Workspace } from './workspace.dto';
import type { WorkspaceEntity } from './workspace.entity';
import { wordsOf } from '../meetings/words-of';
import { WorkspacesRepository } from './workspaces.repository';

@Injectable()
export class WorkspacesService {
  constructor(
    @Inject(WorkspacesRepository) private readonly workspaces: WorkspacesRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  async create({ id, name }: CreateWorkspace): Promise<Workspace> {
    const row: WorkspaceEntity = {
      id,
      name,
      redactPersonalData: false,
      redactNames: false,
      privacyMode: 'transcript',
      vocabulary: [],
      createdAt: new Date(),
    };
    await this.work.run(async ({ manager, emit }) => {
      if (!(await this.workspaces.insert(manager, row))) {
        throw new ProblemError('conflict', 'There is a workspace with this id.');
      }
      emit(audited('workspace.created', id, { name }, { workspaceId: id }));
    });
    return toWorkspace(row);
  }

  /** The caller's own. @throws ProblemError `workspace-not-found` */
  async current(): Promise<Workspace> {
    return toWorkspace(await this.own());
  }

  /** @throws ProblemError `workspace-not-found` */
  async change(to: ChangeWorkspace): Promise<Workspace> {
    return this.work.run(async ({ manager, emit }) => {
      const row = await this.workspaces.hold(manager, requestContext().workspaceId);
      if (!row) throw notFound();
      // Null counts as left out.
      row.name = to.name ?? row.name;
      row.redactPersonalData = to.redactPersonalData ?? row.redactPersonalData;
      row.redactNames = to.redactNames ?? row.redactNames;
      row.privacyMode = to.privacyMode ?? row.privacyMode;
      row.vocabulary = to.vocabulary ? wordsOf(to.vocabulary) : row.vocabulary;
      await this.workspaces.change(manager, row.id, row);
      const { name, privacyMode } = row;
      const redacts = {
        redactPersonalData: yesOrNo(row.redactPersonalData),
        redactNames: yesOrNo(row.redactNames),
      };
      const details = { name, ...redacts, privacyMode, words: row.vocabulary.length };
      emit(audited('workspace.changed', row.id, details));
      return toWorkspace(row);
    });
  }

  async list(limit: number, cursor?: string): Promise<Page<Workspace>> {
    const rows = await this.workspaces.list(limit + 1, cursor);
    return pageFrom(rows, limit, toWorkspace);
  }

  /** @throws ProblemError `workspace-not-found` */
  async require(id: string): Promise<void> {
    if (await this.workspaces.exists(id)) return;
    throw notFound();
  }

  private async own(): Promise<WorkspaceEntity> {
    const row = await this.workspaces.find(requestContext().workspaceId);
    if (row) return row;
    throw notFound();
  }
}

function yesOrNo(is: boolean): 'yes' | 'no' {
  return is ? 'yes' : 'no';
}

function notFound(): ProblemError {
  return new ProblemError('workspace-not-found', 'There is no workspace with this id.');
}

function toWorkspace({ createdAt, ...row }: WorkspaceEntity): Workspace {
  const { id, name, redactPersonalData, redactNames, privacyMode, vocabulary } = row;
  const made = createdAt.toISOString();
  return { id, name, redactPersonalData, redactNames, privacyMode, vocabulary, createdAt: made };
}
