import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { DeliveryStatus } from '@parley/contracts';
import { In, LessThan, Repository, type EntityManager } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { LeasesMs } from '../providers/call-limits';
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

/** What becomes of a claimed row. */
export interface Release {
  claimed: Pick<Claimed, 'row' | 'owner'>;
  change: Pick<
    DeliveryEntity,
    'status' | 'reason' | 'attempts' | 'externalId' | 'url' | 'triesLeft'
  >;
  /** Before it may be claimed again. */
  waitMs: number;
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
   * Adds the deliveries of genuine approvals, or lets each replace a refused one: statements that stand alone, so that no
   * transaction is needed. What is known already stays as it is.
   */
  async plan(rows: readonly DeliveryEntity[]): Promise<void> {
    const { manager } = this.deliveries;
    const added = await this.insert(manager, rows);
    for (const row of rows) if (!added.has(row.id)) await this.authorise(manager, row);
  }

  /** Adds deliveries of actions that have none yet. @returns the ids of those that it added. */
  async insert(manager: EntityManager, rows: readonly DeliveryEntity[]): Promise<Set<string>> {
    const { tablePath: table, columns } = this.deliveries.metadata;
    // By name: a newer version's column keeps its default.
    const names = columns.map(({ databaseName }) => databaseName).join(', ');
    const added = await manager.query<{ id: string }[]>(
      `INSERT INTO ${table} (${names})
       SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1)
       ON CONFLICT DO NOTHING RETURNING id`,
      [JSON.stringify(rows.map((row) => toColumns(row, columns)))],
    );
    return new Set(added.map(({ id }) => id));
  }

  /** Lets a genuine approval replace a refused one, where there is one. */
  private async authorise(
    manager: EntityManager,
    { id: _, ...row }: DeliveryEntity,
  ): Promise<void> {
    const refused = { actionId: row.actionId, authorised: false, status: oneOf('authorise') };
    await manager.update(DeliveryEntity, refused, row as Columns);
  }

  /**
   * Takes up to `limit` deliveries that are due or were left behind; other replicas skip them. One statement, so that a
   * look that finds little costs little; of a worker that never came back it notes the attempt.
   */
  async claim(limit: number, leases: LeasesMs, newOwner: () => string): Promise<Claimed[]> {
    const claimedAt = performance.now();
    // One name for all of them: each is released by its id, and no later claim of it has this name.
    const owner = newOwner();
    const { tablePath: table, columns } = this.deliveries.metadata;
    const all = columns.map((column) => `held.${column.databaseName} AS "${column.propertyName}"`);
    const [rows] = await this.deliveries.query<[(DeliveryEntity & { was: string })[], number]>(
      `WITH due AS (
         SELECT id, status AS was FROM ${table}
         WHERE authorised AND status = ANY ($2)
           AND CASE status WHEN 'planned' THEN next_attempt_at <= now()
                 ELSE lease_until <= now() END
         ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       UPDATE ${table} AS held
       SET status = 'sending', sends = sends + 1, tries_left = tries_left - 1, lease_owner = $3,
         lease_until = now() + interval '1 millisecond'
           * coalesce(($4::jsonb ->> held.provider)::float8, $5::float8),
         sending_since = now(),
         attempts = CASE due.was WHEN 'sending' THEN attempts || ${INTERRUPTION} ELSE attempts END
       FROM due WHERE held.id = due.id
       RETURNING ${all.join(', ')}, due.was`,
      [limit, origins('claim'), owner, JSON.stringify(leases.of), leases.otherwise],
    );
    return rows.map(({ was, ...row }) => ({
      row,
      owner,
      interrupted: was === 'sending',
      claimedAt,
    }));
  }

  /**
   * Writes what came of claims, all in one statement; of one delivery it may be given an old claim and the one after it.
   * @returns those that were written; of a lease that was lost nothing is.
   */
  async release(manager: EntityManager, releases: readonly Release[]): Promise<Set<Release>> {
    const [written] = await manager.query<[{ id: string; owner: string }[], number]>(
      `UPDATE ${this.deliveries.metadata.tablePath} AS delivery
       SET status = came.status, reason = came.reason, attempts = came.attempts,
         external_id = came.external_id, url = came.url, tries_left = came.tries_left,
         lease_owner = NULL, lease_until = NULL, sending_since = NULL, updated_at = now(),
         next_attempt_at = now() + came.wait_ms * interval '1 millisecond'
       FROM jsonb_to_recordset($1) AS came (id uuid, owner text, origins text[], status text,
         reason text, attempts jsonb, external_id text, url text, tries_left int, wait_ms float8)
       WHERE delivery.id = came.id AND delivery.lease_owner = came.owner
         AND delivery.status = ANY (came.origins)
       RETURNING came.id, came.owner`,
      [JSON.stringify(releases.map(toCame))],
    );
    const ownerOf = new Map(written.map(({ id, owner }) => [id, owner]));
    return new Set(releases.filter(({ claimed: { row, owner } }) => ownerOf.get(row.id) === owner));
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
}

/** The attempt of a worker that never came back to say how it went, as the database writes it. */
const INTERRUPTION = `jsonb_build_array(jsonb_build_object(
  'at', to_char(coalesce(sending_since, now()) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'outcome', 'uncertain',
  'ms', round(greatest(0, extract(epoch FROM now() - coalesce(sending_since, now()))) * 1000),
  'reason', 'interrupted'))`;

/** A row under the names that the database knows. */
function toColumns(row: DeliveryEntity, columns: readonly ColumnMetadata[]): object {
  return Object.fromEntries(
    columns.map(({ databaseName, propertyName }) => [
      databaseName,
      row[propertyName as keyof DeliveryEntity],
    ]),
  );
}

function toCame({ claimed, change, waitMs }: Release): Record<string, unknown> {
  const { status, reason, attempts, externalId, url, triesLeft } = change;
  return {
    id: claimed.row.id,
    owner: claimed.owner,
    origins: origins(status === 'planned' ? 'postpone' : 'settle'),
    ...{ status, reason, attempts, url },
    external_id: externalId,
    tries_left: triesLeft,
    wait_ms: waitMs,
  };
}

function oneOf(move: Move) {
  return In([...origins(move)]);
}
