import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository, type EntityManager } from 'typeorm';
import { DocumentEntity } from './document.entity';

/** Documents of one workspace at a time: nothing here works without naming it. */
@Injectable()
export class DocumentsRepository {
  constructor(
    @InjectRepository(DocumentEntity) private readonly documents: Repository<DocumentEntity>,
  ) {}

  /** @returns false when the workspace has the same content already. */
  async insertNew(manager: EntityManager, document: DocumentEntity): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(DocumentEntity)
      .values(document)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length === 1;
  }

  find(workspaceId: string, id: string): Promise<DocumentEntity | null> {
    return this.documents.findOneBy({ workspaceId, id });
  }

  findByContent(workspaceId: string, contentHash: string): Promise<DocumentEntity | null> {
    return this.documents.findOneBy({ workspaceId, contentHash });
  }

  /** Newest first; ids are time-ordered. */
  list(workspaceId: string, limit: number, beforeId?: string): Promise<DocumentEntity[]> {
    return this.documents.find({
      where: { workspaceId, ...(beforeId ? { id: LessThan(beforeId) } : {}) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Its chunks go with it. @returns whether it was there. */
  async remove(manager: EntityManager, workspaceId: string, id: string): Promise<boolean> {
    const result = await manager.delete(DocumentEntity, { workspaceId, id });
    return result.affected === 1;
  }
}
