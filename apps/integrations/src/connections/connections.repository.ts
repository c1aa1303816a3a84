import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { ConnectionEntity } from './connection.entity';

@Injectable()
export class ConnectionsRepository {
  constructor(
    @InjectRepository(ConnectionEntity)
    private readonly connections: Repository<ConnectionEntity>,
  ) {}

  list(workspaceId: string): Promise<ConnectionEntity[]> {
    return this.connections.find({ where: { workspaceId }, order: { id: 'ASC' } });
  }

  find(workspaceId: string, id: string): Promise<ConnectionEntity | null> {
    return this.connections.findOneBy({ workspaceId, id });
  }

  /** Adds a connection; it becomes the default when asked to, or when there is none yet. */
  async insert(manager: EntityManager, row: ConnectionEntity): Promise<void> {
    const isDefaultNow = { workspaceId: row.workspaceId, isDefault: true };
    if (row.isDefault) {
      await manager.update(ConnectionEntity, isDefaultNow, { isDefault: false });
    } else {
      row.isDefault = !(await manager.existsBy(ConnectionEntity, isDefaultNow));
    }
    await manager.insert(ConnectionEntity, row as QueryDeepPartialEntity<ConnectionEntity>);
  }

  /** @returns whether it was there. */
  async delete(manager: EntityManager, workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await manager.delete(ConnectionEntity, { workspaceId, id });
    return affected === 1;
  }
}
