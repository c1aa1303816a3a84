import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { AuthorizationEntity } from './authorization.entity';

@Injectable()
export class AuthorizationsRepository {
  constructor(
    @InjectRepository(AuthorizationEntity)
    private readonly authorizations: Repository<AuthorizationEntity>,
  ) {}

  /** Adds one, and clears away those that nobody answered. */
  async insert(row: AuthorizationEntity): Promise<void> {
    await this.authorizations.delete({ expiresAt: LessThan(new Date()) });
    await this.authorizations.insert(row as QueryDeepPartialEntity<AuthorizationEntity>);
  }

  /** Takes it out: of many who come with the same state, one gets it. */
  async take(workspaceId: string, stateHash: string): Promise<AuthorizationEntity | null> {
    return this.authorizations.manager.transaction(async (manager) => {
      const row = await manager.findOne(AuthorizationEntity, {
        where: { workspaceId, stateHash },
        lock: { mode: 'pessimistic_write' },
      });
      if (row) await manager.delete(AuthorizationEntity, { stateHash });
      return row;
    });
  }
}
