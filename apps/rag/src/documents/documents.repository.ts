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

  /** Its original is there. @returns false when the document has gone meanwhile. */
  async sealed(id: string, keyId: string): Promise<boolean> {
    const { affected } = await this.documents.update({ id }, { keyId });
    return affected === 1;
  }

  /** Those of all workspaces whose original another key than this one sealed, in the order of their ids. */
  sealedOtherwise(keyId: string, afterId: string): Promise<{ id: string }[]> {
    return this.documents.query(
      `SELECT id FROM rag.documents WHERE key_id <> $1 AND id > $2 ORDER BY id LIMIT 20`,
      [keyId, afterId],
    );
  }

  /** Its chunks go with it. @returns whether it was there. */
  async remove(manager: EntityManager, workspaceId: string, id: string): Promise<boolean> {
    const result = await manager.delete(DocumentEntity, { workspaceId, id });
    return result.affected === 1;
  }
}
