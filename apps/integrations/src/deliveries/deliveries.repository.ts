import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { DeliveryAttempt, DeliveryStatus } from '@parley/contracts';
import { In, LessThan, Repository, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { DeliveryEntity } from './delivery.entity';
import { origins, type Move } from './delivery-state';

/** A delivery that this worker, and no other, may send until its lease runs out. */
export interface Claimed {
  row: DeliveryEntity;
  /** Names this claim, so that a worker that slept through its lease cannot write over the next one. */
  owner: string;
  /** The worker before it died, or slept, while sending. */
  interrupted: boolean;
  /** By `performance.now()`, before the database was asked: the lease ends no sooner than counted from here. */
  claimedAt: number;
}

/** What TypeORM takes to write; its own type stumbles over free-form JSON. */
type Columns = QueryDeepPartialEntity<DeliveryEntity>;

export interface DeliveryFilter {
  meetingId?: string | undefined;
  status?: DeliveryStatus | undefined;
}

@Injectable()
export class DeliveriesRepository {
  constructor(
    @InjectRepository(DeliveryEntity) private readonly deliveries: Repository<DeliveryEntity>,
  ) {}

  /**
   * Adds the delivery of a genuine approval, or lets it replace a refused one: a statement each, so that no transaction
   * is needed. @returns false when there is nothing new about it.
   */
  async plan(row: DeliveryEntity): Promise<boolean> {
    const { manager } = this.deliveries;
    return (await this.insert(manager, row)) || this.authorise(manager, row);
  }

  /** Adds the action's delivery. @returns false when the action has one already. */
  async insert(manager: EntityManager, row: DeliveryEntity): Promise<boolean> {
    const insert = manager
      .createQueryBuilder()
      .insert()
      .into(DeliveryEntity)
      .values(row as Columns);
    const result = await insert.orIgnore().returning('id').execute();
    const inserted: unknown = result.raw;
    return Array.isArray(inserted) && inserted.length === 1;
  }

  /** Lets a genuine approval replace a refused one. @returns whether there was a refused one. */
  private async authorise(
    manager: EntityManager,
    { id: _, ...row }: DeliveryEntity,
  ): Promise<boolean> {
    const refused = { actionId: row.actionId, authorised: false, status: oneOf('authorise') };
    const { affected } = await manager.update(DeliveryEntity, refused, row as Columns);
    return affected === 1;
  }

  /** Takes up to `limit` deliveries that are due or were left behind; other replicas skip them. */
  claim(limit: number, leaseMs: number, newOwner: () => string): Promise<Claimed[]> {
    const claimedAt = performance.now();
    return this.deliveries.manager.transaction(async (manager) => {
      const rows = await manager
        .createQueryBuilder(DeliveryEntity, 'delivery')
        .where({ authorised: true, status: oneOf('claim') })
        .andWhere(
          `CASE delivery.status WHEN 'planned' THEN delivery.next_attempt_at <= now()
             ELSE delivery.lease_until <= now() END`,
        )
        .orderBy('delivery.nextAttemptAt')
        .limit(limit)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getMany();
      if (rows.length === 0) return [];
      // One name for all of them: each is released by its id, and no later claim of it has this name.
      const owner = newOwner();
      const leftBehind = rows.filter(({ status }) => status === 'sending');
      for (const row of leftBehind) row.attempts = [...row.attempts, interruption(row)];
      await this.noteInterruptions(manager, leftBehind);
      await this.lease(manager, rows, owner, leaseMs);
      return rows.map((row) => {
        const interrupted = leftBehind.includes(row);
        return { row: Object.assign(row, held(row, owner)), owner, interrupted, claimedAt };
      });
    });
  }

  /** Writes what came of a claim. @returns false when the lease was lost, and nothing is written. */
  async release(
    manager: EntityManager,
    { row, owner }: Claimed,
    move: 'settle' | 'postpone',
    change: Columns,
    waitMs = 0,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      DeliveryEntity,
      { id: row.id, leaseOwner: owner, status: oneOf(move) },
      {
        ...change,
        leaseOwner: null,
        leaseUntil: null,
        sendingSince: null,
        nextAttemptAt: () => later(waitMs),
        updatedAt: () => 'now()',
      },
    );
    return affected === 1;
  }

  /** How many deliveries wait, and for how long the most overdue has been due. */
  async backlog(): Promise<{ waiting: number; overdueSeconds: number }> {
    const row = await this.deliveries
      .createQueryBuilder('delivery')
      .select('count(*)::int', 'waiting')
      .addSelect('extract(epoch FROM now() - min(delivery.nextAttemptAt))::float8', 'seconds')
      .where({ authorised: true, status: In(['planned', 'sending']) })
      .getRawOne<{ waiting: number; seconds: number | null }>();
    return { waiting: row?.waiting ?? 0, overdueSeconds: Math.max(0, row?.seconds ?? 0) };
  }

  /** Begins a new round. @returns false when the delivery is in no state to be retried. */
  async retry(
    manager: EntityManager,
    workspaceId: string,
    id: string,
    triesLeft: number,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      DeliveryEntity,
      { workspaceId, id, authorised: true, status: oneOf('retry') },
      {
        status: 'planned',
        reason: null,
        triesLeft,
        nextAttemptAt: () => 'now()',
        updatedAt: () => 'now()',
      },
    );
    return affected === 1;
  }

  find(workspaceId: string, id: string): Promise<DeliveryEntity | null> {
    return this.deliveries.findOneBy({ workspaceId, id });
  }

  /** Newest first; ids are time-ordered, so that the last id of a page is its cursor. */
  list(
    workspaceId: string,
    { meetingId, status }: DeliveryFilter,
    limit: number,
    beforeId?: string,
  ): Promise<DeliveryEntity[]> {
    return this.deliveries.find({
      where: {
        workspaceId,
        ...(meetingId === undefined ? {} : { meetingId }),
        ...(status === undefined ? {} : { status }),
        ...(beforeId === undefined ? {} : { id: LessThan(beforeId) }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  private async noteInterruptions(manager: EntityManager, rows: DeliveryEntity[]): Promise<void> {
    for (const { id, attempts } of rows) {
      await manager.update(DeliveryEntity, { id }, { attempts });
    }
  }

  /** All in one statement, so that a long backlog costs the database little. */
  private async lease(
    manager: EntityManager,
    rows: DeliveryEntity[],
    owner: string,
    leaseMs: number,
  ): Promise<void> {
    await manager.update(
      DeliveryEntity,
      { id: In(rows.map(({ id }) => id)) },
      {
        status: 'sending',
        sends: () => 'sends + 1',
        triesLeft: () => 'tries_left - 1',
        leaseOwner: owner,
        leaseUntil: () => later(leaseMs),
        sendingSince: () => 'now()',
      },
    );
  }
}

/** What a claim makes of a row, for the process that holds it. */
function held({ sends, triesLeft }: DeliveryEntity, owner: string) {
  const counts = { sends: sends + 1, triesLeft: triesLeft - 1 };
  return { status: 'sending' as const, ...counts, leaseOwner: owner, sendingSince: new Date() };
}

/** The attempt of a worker that never came back to say how it went. */
function interruption({ sendingSince }: DeliveryEntity): DeliveryAttempt {
  const since = sendingSince ?? new Date();
  return {
    at: since.toISOString(),
    outcome: 'uncertain',
    ms: Math.max(0, Date.now() - since.getTime()),
    reason: 'interrupted',
  };
}

function oneOf(move: Move) {
  return In([...origins(move)]);
}

/** The database's clock rather than ours: replicas must agree on when a lease is over. */
function later(ms: number): string {
  return `now() + interval '${Math.round(ms)} milliseconds'`;
}
