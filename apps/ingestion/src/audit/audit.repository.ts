import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lockByName } from '@parley/database';
import { In, LessThan, Repository, type EntityManager } from 'typeorm';
import { AuditEntryEntity } from './audit-entry.entity';

@Injectable()
export class AuditRepository {
  constructor(
    @InjectRepository(AuditEntryEntity) private readonly entries: Repository<AuditEntryEntity>,
  ) {}

  /** From here to the end of the transaction nobody else adds to the workspace's chain. */
  async lock(manager: EntityManager, workspaceId: string): Promise<void> {
    await lockByName(manager, `ingestion.audit_entries ${workspaceId}`);
  }

  has(manager: EntityManager, id: string): Promise<boolean> {
    return manager.existsBy(AuditEntryEntity, { id });
  }

  last(manager: EntityManager, workspaceId: string): Promise<AuditEntryEntity | null> {
    return manager.findOne(AuditEntryEntity, {
      where: { workspaceId },
      order: { sequence: 'DESC' },
    });
  }

  async insert(manager: EntityManager, entry: AuditEntryEntity): Promise<void> {
    await manager.insert(AuditEntryEntity, entry);
  }

  /** Those about one of these things, oldest first. */
  about(workspaceId: string, subjects: string[], limit: number): Promise<AuditEntryEntity[]> {
    return this.entries.find({
      where: { workspaceId, subjectId: In(subjects) },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** Newest first. */
  list(workspaceId: string, limit: number, before?: number): Promise<AuditEntryEntity[]> {
    return this.entries.find({
      where: { workspaceId, ...(before === undefined ? {} : { sequence: LessThan(before) }) },
      order: { sequence: 'DESC' },
      take: limit,
    });
  }
}
