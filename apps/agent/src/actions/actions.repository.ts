import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Delivery } from '@parley/contracts';
import { type EntityManager, LessThan, Repository } from 'typeorm';
import { ActionEntity, type ActionStatus } from './action.entity';

/** What integrations said of a delivery, and when. */
export interface DeliveryWord {
  delivery: Delivery;
  at: string;
}

@Injectable()
export class ActionsRepository {
  constructor(@InjectRepository(ActionEntity) private readonly actions: Repository<ActionEntity>) {}

  async insert(manager: EntityManager, action: ActionEntity): Promise<void> {
    await manager.insert(ActionEntity, action as object);
  }

  find(workspaceId: string, id: string): Promise<ActionEntity | null> {
    return this.actions.findOneBy({ workspaceId, id });
  }

  /** Newest first; ids are time-ordered, so that the last id of a page is its cursor. */
  list(
    filter: Pick<ActionEntity, 'workspaceId'> & Partial<Pick<ActionEntity, 'meetingId' | 'status'>>,
    limit: number,
    beforeId?: string,
  ): Promise<ActionEntity[]> {
    return this.actions.find({
      where: { ...filter, ...(beforeId ? { id: LessThan(beforeId) } : {}) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /**
   * Notes what became of an action. Events come in any order, and again: what was delivered stays delivered, and
   * of other words that about more attempts counts, then the later one.
   */
  async settle(status: ActionStatus, { delivery, at }: DeliveryWord): Promise<void> {
    await this.actions.query(
      `UPDATE agent.actions SET status = $2, told_attempts = $3, told_at = $4
       WHERE id = $1 AND status <> 'delivered'
         AND ($2 = 'delivered' OR (told_attempts, told_at) < ($3::integer, $4::timestamptz))`,
      [delivery.actionId, status, delivery.attempts.length, at],
    );
  }

  /** Nobody ever answered, and by now nobody may carry them out: a person has to look. */
  async giveUpExpired(manager: EntityManager): Promise<void> {
    await manager.query(
      `UPDATE agent.actions SET status = 'uncertain' WHERE status = 'approved'
         AND (approved->'approval'->>'expiresAt')::timestamptz < now()`,
    );
  }

  /** Takes the actions that nobody has answered for within `seconds`; each is taken by one replica. */
  async takeUnanswered(manager: EntityManager, seconds: number): Promise<ActionEntity[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      `UPDATE agent.actions SET sent_at = now() WHERE id IN (
         SELECT id FROM agent.actions
         WHERE status = 'approved' AND sent_at < now() - make_interval(secs => $1)
         ORDER BY sent_at LIMIT 50 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [seconds],
    );
    return Promise.all(rows.map(({ id }) => manager.findOneByOrFail(ActionEntity, { id })));
  }
}
