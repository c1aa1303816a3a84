import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { errorCode } from '../error-code';
import { ConnectionEntity } from './connection.entity';

const UNIQUE_VIOLATION = '23505';

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

  /**
   * Adds a connection; it becomes the default when asked to, or when there is none yet.
   * @returns false when the name is taken.
   */
  async insert(row: ConnectionEntity): Promise<boolean> {
    try {
      await this.connections.manager.transaction(async (manager) => {
        const isDefaultNow = { workspaceId: row.workspaceId, isDefault: true };
        if (row.isDefault) {
          await manager.update(ConnectionEntity, isDefaultNow, { isDefault: false });
        } else {
          row.isDefault = !(await manager.existsBy(ConnectionEntity, isDefaultNow));
        }
        await manager.insert(ConnectionEntity, row as QueryDeepPartialEntity<ConnectionEntity>);
      });
      return true;
    } catch (error) {
      if (errorCode(error) === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }

  /** @returns whether it was there. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await this.connections.delete({ workspaceId, id });
    return affected === 1;
  }
}
