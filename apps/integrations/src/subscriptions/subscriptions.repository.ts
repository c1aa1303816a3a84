import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, MoreThan, Not, Repository, type EntityManager } from 'typeorm';
import type { Sealed } from '../connections/secret-box';
import type { PauseReason } from './subscription-kinds';
import { SubscriptionEntity } from './subscription.entity';

type Changeable = 'url' | 'kinds' | 'status' | 'pausedReason' | 'failingSince' | 'notBefore';

@Injectable()
export class SubscriptionsRepository {
  constructor(
    @InjectRepository(SubscriptionEntity)
    private readonly subscriptions: Repository<SubscriptionEntity>,
  ) {}

  async insert(manager: EntityManager, row: SubscriptionEntity): Promise<void> {
    await manager.insert(SubscriptionEntity, row);
  }

  find(workspaceId: string, id: string): Promise<SubscriptionEntity | null> {
    return this.subscriptions.findOneBy({ workspaceId, id });
  }

  count(workspaceId: string): Promise<number> {
    return this.subscriptions.countBy({ workspaceId });
  }

  /** Oldest first. */
  list(workspaceId: string, limit: number, afterId?: string): Promise<SubscriptionEntity[]> {
    return this.subscriptions.find({
      where: { workspaceId, ...(afterId === undefined ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  async change(
    manager: EntityManager,
    { id, workspaceId }: SubscriptionEntity,
    change: Partial<Pick<SubscriptionEntity, Changeable>>,
  ): Promise<void> {
    await manager.update(SubscriptionEntity, { workspaceId, id }, change);
  }

  /** @returns false when somebody replaced the secret meanwhile. */
  async rotate(
    manager: EntityManager,
    { id, workspaceId, secrets }: SubscriptionEntity,
    sealed: Sealed,
    previousUntil: Date,
  ): Promise<boolean> {
    const change = { secrets: sealed.text, keyId: sealed.keyId, previousUntil };
    const { affected } = await manager.update(
      SubscriptionEntity,
      { workspaceId, id, secrets },
      change,
    );
    return affected === 1;
  }

  /** @returns whether it was there. */
  async delete(manager: EntityManager, workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await manager.delete(SubscriptionEntity, { workspaceId, id });
    return affected === 1;
  }

  /** Something got through. */
  async works(manager: EntityManager, id: string): Promise<void> {
    await manager.update(
      SubscriptionEntity,
      { id, failingSince: Not(IsNull()) },
      { failingSince: null },
    );
  }

  /** Something did not. */
  async fails(manager: EntityManager, id: string): Promise<void> {
    const since = { failingSince: () => 'now()' };
    await manager.update(SubscriptionEntity, { id, failingSince: IsNull() }, since);
  }

  /** Pauses it, if it is not paused already and, when told so, has been failing for so long. @returns whether it did. */
  async pause(
    manager: EntityManager,
    id: string,
    pausedReason: PauseReason,
    failingForMs?: number,
  ): Promise<boolean> {
    const long =
      failingForMs === undefined
        ? {}
        : { failingSince: LessThan(new Date(Date.now() - failingForMs)) };
    const { affected } = await manager.update(
      SubscriptionEntity,
      { id, status: 'active', ...long },
      { status: 'paused', pausedReason },
    );
    return affected === 1;
  }

  /** Nothing is sent to it for so long. */
  async leaveAlone(id: string, ms: number): Promise<void> {
    const notBefore = (): string => `now() + interval '${Math.round(ms)} milliseconds'`;
    await this.subscriptions.update({ id }, { notBefore });
  }

  sealedOtherwise(keyId: string): Promise<SubscriptionEntity[]> {
    return this.subscriptions.findBy({ keyId: Not(keyId) });
  }

  async reseal({ id, secrets }: SubscriptionEntity, sealed: Sealed): Promise<boolean> {
    const change = { secrets: sealed.text, keyId: sealed.keyId };
    const { affected } = await this.subscriptions.update({ id, secrets }, change);
    return affected === 1;
  }
}
