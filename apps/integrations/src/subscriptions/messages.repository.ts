import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { newId, type DeliveryAttempt, type Envelope } from '@parley/contracts';
import { In, LessThan, Repository, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { MessageEntity } from './message.entity';
import { SubscriptionEntity } from './subscription.entity';
import type { MessageStatus } from './subscription-kinds';

const MOST_ATTEMPTS_KEPT = 20;
/** Clocks of two services differ: rather an event from just before a subscription was made than none from just after. */
const CLOCK_SKEW = '1 minute';

/** Of one subscription: so many are taken at a time, and so many are being posted. */
const MOST_AT_ONCE = 2;
const MOST_IN_HAND = 3;
/** What is being sent was due, too. */
const DUE = `message.status IN ('planned', 'sending') AND message.next_attempt_at <= now()
  AND (message.status = 'planned' OR message.lease_until <= now())`;

/** A message that this worker, and no other, may send until its lease runs out. */
export interface ClaimedMessage {
  message: MessageEntity;
  subscription: SubscriptionEntity;
  owner: string;
}

@Injectable()
export class MessagesRepository {
  constructor(
    @InjectRepository(MessageEntity) private readonly messages: Repository<MessageEntity>,
  ) {}

  /** One message for each subscription that wants the entry, once. @returns how many there are now that were not. */
  plan(event: Envelope<'timeline.added'>): Promise<number> {
    const { workspaceId, meetingId = '', traceparent, occurredAt } = event;
    const { cursor, kind } = event.data;
    return this.messages.manager.transaction(async (manager) => {
      const wanted = await manager.query<{ id: string }[]>(
        `SELECT id FROM integrations.subscriptions
         WHERE workspace_id = $1 AND $2 = ANY(kinds)
           AND created_at <= $3::timestamptz + interval '${CLOCK_SKEW}'`,
        [workspaceId, kind, occurredAt],
      );
      let planned = 0;
      for (const { id: subscriptionId } of wanted) {
        const about = { workspaceId, subscriptionId, meetingId, cursor, kind, traceparent };
        const row = { id: newId<string>(), ...about, status: 'planned', attempts: [], tries: 0 };
        const insert = manager.createQueryBuilder().insert().into(MessageEntity);
        const result = await insert
          .values(row as QueryDeepPartialEntity<MessageEntity>)
          .orIgnore()
          .returning('id')
          .execute();
        planned += (result.raw as unknown[]).length;
      }
      return planned;
    });
  }

  /**
   * Takes up to `limit` that are due, or whose worker died; other replicas skip them. A few of each subscription:
   * one whose receiver is slow, or that has much waiting, holds up no other.
   */
  claim(limit: number, leaseMs: number, newOwner: () => string): Promise<ClaimedMessage[]> {
    return this.messages.manager.transaction(async (manager) => {
      const due = await manager.query<{ id: string }[]>(
        `SELECT message.id FROM integrations.subscription_messages message
         WHERE ${DUE} AND message.id IN (
           SELECT waiting.id FROM (
             SELECT id, ${MOST_IN_HAND} - (
               SELECT count(*) FROM integrations.subscription_messages held
               WHERE held.subscription_id = subscription.id AND held.status = 'sending'
                 AND held.lease_until > now()) AS room
             FROM integrations.subscriptions subscription
             WHERE status = 'active' AND not_before <= now()) AS free
           CROSS JOIN LATERAL (
             SELECT id, next_attempt_at FROM integrations.subscription_messages message
             WHERE message.subscription_id = free.id AND ${DUE}
             ORDER BY next_attempt_at, id LIMIT greatest(0, least(${MOST_AT_ONCE}, free.room))
           ) AS waiting
           ORDER BY waiting.next_attempt_at, waiting.id LIMIT $1)
         ORDER BY message.next_attempt_at, message.id FOR UPDATE SKIP LOCKED`,
        [limit],
      );
      const claimed: ClaimedMessage[] = [];
      for (const { id } of due) {
        const message = await manager.findOneByOrFail(MessageEntity, { id });
        const { subscriptionId } = message;
        const subscription = await manager.findOneBy(SubscriptionEntity, { id: subscriptionId });
        if (!subscription) continue;
        const owner = newOwner();
        const firstTriedAt = message.firstTriedAt ?? new Date();
        const lease = { status: 'sending' as const, leaseOwner: owner, firstTriedAt };
        await manager.update(MessageEntity, { id }, { ...lease, leaseUntil: () => later(leaseMs) });
        claimed.push({ message: Object.assign(message, lease), subscription, owner });
      }
      return claimed;
    });
  }

  /** Writes what came of a claim. @returns false when the lease was lost, or the message is gone. */
  async release(
    manager: EntityManager,
    { message, owner }: ClaimedMessage,
    status: Exclude<MessageStatus, 'sending'>,
    { attempt, waitMs = 0 }: { attempt?: DeliveryAttempt; waitMs?: number },
  ): Promise<boolean> {
    const attempts = [...message.attempts, ...(attempt ? [attempt] : [])];
    const { affected } = await manager.update(
      MessageEntity,
      { id: message.id, leaseOwner: owner, status: 'sending' },
      {
        status,
        attempts: attempts.slice(-MOST_ATTEMPTS_KEPT),
        tries: message.tries + (attempt ? 1 : 0),
        leaseOwner: null,
        leaseUntil: null,
        nextAttemptAt: () => later(waitMs),
      },
    );
    return affected === 1;
  }

  /** What waits is tried at once, with its time to be given up begun anew. */
  async hurry(manager: EntityManager, subscriptionId: string): Promise<void> {
    await manager.update(
      MessageEntity,
      { subscriptionId, status: 'planned' },
      { nextAttemptAt: () => 'now()', firstTriedAt: null },
    );
  }

  /** Newest first. */
  list(subscriptionId: string, limit: number, beforeId?: string): Promise<MessageEntity[]> {
    return this.messages.find({
      where: { subscriptionId, ...(beforeId === undefined ? {} : { id: LessThan(beforeId) }) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** @returns how many of those that went had not been delivered. */
  async removeOlderThan(days: number): Promise<number> {
    const seconds = Math.round(days * 86_400);
    const [rows] = await this.messages.query<[{ status: MessageStatus }[], number]>(
      `DELETE FROM integrations.subscription_messages
       WHERE created_at < now() - interval '${seconds} seconds' AND status <> 'sending'
       RETURNING status`,
    );
    return rows.filter(({ status }) => status === 'planned').length;
  }

  /** How many wait, and for how long the most overdue has been due. */
  async backlog(): Promise<{ waiting: number; overdueSeconds: number }> {
    const row = await this.messages
      .createQueryBuilder('message')
      .select('count(*)::int', 'waiting')
      .addSelect('extract(epoch FROM now() - min(message.nextAttemptAt))::float8', 'seconds')
      .where({ status: In(['planned', 'sending']) })
      .getRawOne<{ waiting: number; seconds: number | null }>();
    return { waiting: row?.waiting ?? 0, overdueSeconds: Math.max(0, row?.seconds ?? 0) };
  }
}

function later(ms: number): string {
  return `now() + interval '${Math.round(ms)} milliseconds'`;
}
