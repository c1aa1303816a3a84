import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { And, In, IsNull, LessThan, MoreThan, Repository, type EntityManager } from 'typeorm';
import { KeyEntity } from './key.entity';

/** Which of the valid keys: after one, and among some. */
interface Wanted {
  afterId: string | undefined;
  ids: readonly string[] | undefined;
}

@Injectable()
export class KeysRepository {
  constructor(@InjectRepository(KeyEntity) private readonly keys: Repository<KeyEntity>) {}

  /** @returns false when a valid key of the workspace has this name. */
  async insert(manager: EntityManager, key: KeyEntity): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(KeyEntity)
      .values(key)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length === 1;
  }

  /** Those that somebody made: sign-ins have a limit of their own. */
  count(workspaceId: string): Promise<number> {
    return this.keys.countBy({ workspaceId, revokedAt: IsNull(), signedIn: false });
  }

  /** Newest first, without those that were revoked, and sign-ins that are over. */
  list(workspaceId: string, now: Date, limit: number, beforeId?: string): Promise<KeyEntity[]> {
    const live = {
      workspaceId,
      revokedAt: IsNull(),
      ...(beforeId === undefined ? {} : { id: LessThan(beforeId as KeyEntity['id']) }),
    };
    return this.keys.find({
      where: [
        { ...live, signedIn: false },
        { ...live, signedIn: true, expiresAt: MoreThan(now) },
      ],
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Those of all workspaces that are valid at `now`; with ids, of them. */
  listValid(now: Date, limit: number, { afterId, ids }: Wanted): Promise<KeyEntity[]> {
    const after = afterId === undefined ? [] : [MoreThan(afterId as KeyEntity['id'])];
    const among = ids === undefined ? [] : [In(ids as KeyEntity['id'][])];
    const conditions = [...after, ...among];
    const live = {
      revokedAt: IsNull(),
      ...(conditions.length === 0 ? {} : { id: And(...conditions) }),
    };
    return this.keys.find({
      where: [
        { ...live, expiresAt: IsNull() },
        { ...live, expiresAt: MoreThan(now) },
      ],
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** @returns the key, or null when there is none to revoke. */
  async revoke(
    manager: EntityManager,
    workspaceId: string,
    id: string,
    revokedAt: Date,
  ): Promise<Pick<KeyEntity, 'name'> | null> {
    const result = await manager
      .createQueryBuilder()
      .update(KeyEntity)
      .set({ revokedAt })
      .where({ workspaceId, id, revokedAt: IsNull() })
      .returning('name')
      .execute();
    const [revoked] = result.raw as { name: string }[];
    return revoked ?? null;
  }
}
