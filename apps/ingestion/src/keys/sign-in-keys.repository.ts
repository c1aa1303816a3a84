import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository, type EntityManager } from 'typeorm';
import { KeyEntity } from './key.entity';

/** The keys of those who signed in, among all others. */
@Injectable()
export class SignInKeysRepository {
  constructor(@InjectRepository(KeyEntity) private readonly keys: Repository<KeyEntity>) {}

  /** Whether somebody made a key of this name, before such names were kept for persons. */
  isNameTaken(workspaceId: string, name: string): Promise<boolean> {
    return this.keys
      .createQueryBuilder('key')
      .where('key.workspaceId = :workspaceId AND lower(key.name) = :name', { workspaceId, name })
      .andWhere('key.revokedAt IS NULL AND NOT key.signedIn')
      .getExists();
  }

  /** Those of one person that are valid at `now`, the newest first. */
  listOf(
    manager: EntityManager,
    workspaceId: string,
    name: string,
    now: Date,
  ): Promise<KeyEntity[]> {
    return manager.find(KeyEntity, {
      where: live(workspaceId, now, { name }),
      order: { id: 'DESC' },
    });
  }

  count(manager: EntityManager, workspaceId: string, now: Date): Promise<number> {
    return manager.countBy(KeyEntity, live(workspaceId, now));
  }

  async insert(manager: EntityManager, key: KeyEntity): Promise<void> {
    await manager.insert(KeyEntity, key);
  }

  /** @returns the key, or null when it is none of a sign-in, or ended before. */
  async end(
    manager: EntityManager,
    id: string,
    now: Date,
  ): Promise<Pick<KeyEntity, 'name'> | null> {
    const result = await manager
      .createQueryBuilder()
      .update(KeyEntity)
      .set({ revokedAt: now })
      .where({ id, signedIn: true, revokedAt: IsNull() })
      .returning('name')
      .execute();
    const [ended] = result.raw as { name: string }[];
    return ended ?? null;
  }

  /** Forgets those that are over at `now`, whoever ended them. */
  async removeOver(now: Date): Promise<void> {
    await this.keys
      .createQueryBuilder()
      .delete()
      .where('signed_in AND (revoked_at IS NOT NULL OR expires_at <= :now)', { now })
      .execute();
  }
}

function live(workspaceId: string, now: Date, more: { name?: string } = {}) {
  return { workspaceId, signedIn: true, revokedAt: IsNull(), expiresAt: MoreThan(now), ...more };
}
