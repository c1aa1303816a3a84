import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lockByName } from '@parley/database';
import { In, Not, Repository, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { SharedStatement } from '../work/shared-statement';
import { ConnectionEntity } from './connection.entity';
import type { Sealed } from './secret-box';

@Injectable()
export class ConnectionsRepository {
  /** Deliveries that begin together read their connections together. */
  private readonly reads = new SharedStatement((ids: readonly string[]) => this.findAll(ids));

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

  /** As it is now, for work that nobody waits for: many share one statement. */
  async findForWork(workspaceId: string, id: string): Promise<ConnectionEntity | null> {
    const row = await this.reads.add(id);
    return row?.workspaceId === workspaceId ? row : null;
  }

  /** Adds a connection; it becomes the default when asked to, or when there is none yet. */
  async insert(manager: EntityManager, row: ConnectionEntity): Promise<void> {
    await lockDefault(manager, row.workspaceId);
    const isDefaultNow = { workspaceId: row.workspaceId, isDefault: true };
    if (row.isDefault) {
      await manager.update(ConnectionEntity, isDefaultNow, { isDefault: false });
    } else {
      row.isDefault = !(await manager.existsBy(ConnectionEntity, isDefaultNow));
    }
    await manager.insert(ConnectionEntity, row as QueryDeepPartialEntity<ConnectionEntity>);
  }

  /** Changes a connection; one that becomes the default takes that from the other. */
  async update(manager: EntityManager, row: ConnectionEntity): Promise<void> {
    const { id, workspaceId, name, settings, secrets, keyId, access, accessKeyId, isDefault } = row;
    const change = { name, settings, secrets, keyId, access, accessKeyId, isDefault };
    const others = { workspaceId, isDefault: true, id: Not(id) };
    if (isDefault) {
      await lockDefault(manager, workspaceId);
      await manager.update(ConnectionEntity, others, { isDefault: false });
    }
    const columns = change as QueryDeepPartialEntity<ConnectionEntity>;
    await manager.update(ConnectionEntity, { workspaceId, id }, columns);
  }

  /** Those of all workspaces that another key than `keyId` sealed. */
  sealedOtherwise(keyId: string): Promise<ConnectionEntity[]> {
    return this.connections.findBy({ keyId: Not(keyId) });
  }

  /** Replaces the sealed secrets unless somebody changed them meanwhile. @returns whether it did. */
  async reseal({ id, secrets }: ConnectionEntity, sealed: Sealed): Promise<boolean> {
    const { affected } = await this.connections.update(
      { id, secrets },
      // The access token is asked for again.
      { secrets: sealed.text, keyId: sealed.keyId, access: null, accessKeyId: null },
    );
    return affected === 1;
  }

  /** @returns whether it was there. */
  async delete(manager: EntityManager, workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await manager.delete(ConnectionEntity, { workspaceId, id });
    return affected === 1;
  }

  private async findAll(ids: readonly string[]): Promise<(ConnectionEntity | null)[]> {
    const rows = await this.connections.findBy({ id: In([...new Set(ids)]) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}

/** From here to the end of the transaction nobody else says which connection is the workspace's default. */
function lockDefault(manager: EntityManager, workspaceId: string): Promise<void> {
  return lockByName(manager, `integrations.connections ${workspaceId}`);
}
