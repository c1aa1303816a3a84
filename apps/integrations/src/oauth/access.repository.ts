import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ConnectionEntity } from '../connections/connection.entity';
import type { Sealed } from '../connections/secret-box';

export type AccessRow = Pick<
  ConnectionEntity,
  'id' | 'secrets' | 'keyId' | 'access' | 'accessKeyId'
>;

/** The part of a connection that changes by itself. Its ids come from connections that were opened already. */
@Injectable()
export class AccessRepository {
  constructor(
    @InjectRepository(ConnectionEntity)
    private readonly connections: Repository<ConnectionEntity>,
  ) {}

  find(id: string): Promise<AccessRow | null> {
    return this.connections.findOneBy({ id });
  }

  /** @returns false while somebody else holds it, or the connection is gone. */
  async lock(id: string, seconds: number): Promise<boolean> {
    const { affected } = await this.connections
      .createQueryBuilder()
      .update()
      .set({ refreshingUntil: () => `now() + make_interval(secs => ${seconds})` })
      .where('id = :id AND (refreshing_until IS NULL OR refreshing_until <= now())', { id })
      .execute();
    return affected === 1;
  }

  async unlock(id: string): Promise<void> {
    await this.connections.update({ id }, { refreshingUntil: null });
  }

  /**
   * Keeps an access token, and the secrets where they changed with it; unlocks.
   * @returns false when the secrets are not those of `row` any more: nothing is kept
   */
  async keep(
    { id, secrets: before }: Pick<AccessRow, 'id' | 'secrets'>,
    access: Sealed,
    secrets?: Sealed,
  ): Promise<boolean> {
    const { affected } = await this.connections.update(
      { id, secrets: before },
      {
        access: access.text,
        accessKeyId: access.keyId,
        refreshingUntil: null,
        ...(secrets ? { secrets: secrets.text, keyId: secrets.keyId } : {}),
      },
    );
    return affected === 1;
  }

  async forget(id: string): Promise<void> {
    await this.connections.update({ id }, { access: null, accessKeyId: null });
  }
}
