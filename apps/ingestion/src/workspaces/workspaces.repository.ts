import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository, type EntityManager } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity';

@Injectable()
export class WorkspacesRepository {
  constructor(
    @InjectRepository(WorkspaceEntity) private readonly workspaces: Repository<WorkspaceEntity>,
  ) {}

  exists(id: string): Promise<boolean> {
    return this.workspaces.existsBy({ id });
  }

  /** @returns false when there is one with this id. */
  async insert(manager: EntityManager, workspace: WorkspaceEntity): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(WorkspaceEntity)
      .values(workspace)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length === 1;
  }

  find(id: string): Promise<WorkspaceEntity | null> {
    return this.workspaces.findOneBy({ id });
  }

  /** Until the transaction ends nobody else changes it: of two changes at once neither undoes the other. */
  hold(manager: EntityManager, id: string): Promise<WorkspaceEntity | null> {
    return manager.findOne(WorkspaceEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async change(
    manager: EntityManager,
    id: string,
    to: Pick<
      WorkspaceEntity,
      'name' | 'redactPersonalData' | 'redactNames' | 'privacyMode' | 'vocabulary'
    >,
  ): Promise<void> {
    const { name, redactPersonalData, redactNames, privacyMode, vocabulary } = to;
    await manager.update(
      WorkspaceEntity,
      { id },
      { name, redactPersonalData, redactNames, privacyMode, vocabulary },
    );
  }

  list(limit: number, afterId?: string): Promise<WorkspaceEntity[]> {
    return this.workspaces.find({
      where: afterId === undefined ? {} : { id: MoreThan(afterId) },
      order: { id: 'ASC' },
      take: limit,
    });
  }
}
