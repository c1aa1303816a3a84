import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Not, Repository, type EntityManager } from 'typeorm';
import type { Sealed } from '../connections/secret-box';
import { CalendarEventEntity } from './calendar-event.entity';
import { CalendarFeedEntity } from './calendar-feed.entity';

type Findings = Partial<Omit<CalendarFeedEntity, 'id' | 'workspaceId' | 'secrets' | 'keyId'>>;

@Injectable()
export class CalendarFeedsRepository {
  constructor(
    @InjectRepository(CalendarFeedEntity) private readonly feeds: Repository<CalendarFeedEntity>,
  ) {}

  async insert(manager: EntityManager, row: CalendarFeedEntity): Promise<void> {
    await manager.insert(CalendarFeedEntity, row);
  }

  find(workspaceId: string, id: string): Promise<CalendarFeedEntity | null> {
    return this.feeds.findOneBy({ workspaceId, id });
  }

  count(workspaceId: string): Promise<number> {
    return this.feeds.countBy({ workspaceId });
  }

  /** Of all workspaces, those that could not be read when they were last looked at. */
  async fleet(): Promise<{ feeds: number; failing: number }> {
    const [row] = await this.feeds.query<{ feeds: number; failing: number }[]>(
      `SELECT count(*)::integer AS feeds, count(failing_since)::integer AS failing
       FROM integrations.calendar_feeds`,
    );
    return row ?? { feeds: 0, failing: 0 };
  }

  /** Oldest first. */
  list(workspaceId: string, limit: number, afterId?: string): Promise<CalendarFeedEntity[]> {
    return this.feeds.find({
      where: { workspaceId, ...(afterId === undefined ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** How many meetings of each feed are not over. */
  async planned(ids: string[]): Promise<Map<string, number>> {
    const rows = await this.feeds.query<{ id: string; planned: number }[]>(
      `SELECT feed_id AS id, count(*)::integer AS planned FROM integrations.calendar_events
       WHERE feed_id = ANY($1::uuid[]) AND ends_at > now() GROUP BY feed_id`,
      [ids],
    );
    return new Map(rows.map(({ id, planned }) => [id, planned]));
  }

  /**
   * Takes a feed that is due, of any workspace; nobody else does until `leaseMs` have passed.
   * @param only this one, due or not
   */
  async claim(owner: string, leaseMs: number, only?: string): Promise<CalendarFeedEntity | null> {
    const [rows] = await this.feeds.query<[{ id: string }[], number]>(
      `UPDATE integrations.calendar_feeds SET lease_owner = $1,
         next_at = now() + make_interval(secs => $2)
       WHERE id IN (
         SELECT id FROM integrations.calendar_feeds
         WHERE CASE WHEN $3::uuid IS NULL THEN next_at <= now() ELSE id = $3 END
         ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [owner, leaseMs / 1_000, only ?? null],
    );
    const [claimed] = rows;
    return claimed ? this.feeds.findOneBy({ id: claimed.id }) : null;
  }

  /** Writes down what a look found, unless it is another's by now. @returns whether it did; the row is held until then. */
  async settle(
    manager: EntityManager,
    id: string,
    owner: string,
    findings: Findings,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      CalendarFeedEntity,
      { id, leaseOwner: owner },
      { ...findings, leaseOwner: null },
    );
    return affected === 1;
  }

  /** Those that were told of and are not over. */
  events(manager: EntityManager, feedId: string): Promise<CalendarEventEntity[]> {
    return manager.findBy(CalendarEventEntity, { feedId, endsAt: MoreThan(new Date()) });
  }

  async keep(manager: EntityManager, events: CalendarEventEntity[]): Promise<void> {
    if (events.length > 0) await manager.upsert(CalendarEventEntity, events, ['feedId', 'key']);
  }

  /** Forgets these, and what is over. */
  async forget(manager: EntityManager, feedId: string, keys: string[]): Promise<void> {
    await manager.query(
      `DELETE FROM integrations.calendar_events
       WHERE feed_id = $1 AND (key = ANY($2::text[]) OR ends_at < now())`,
      [feedId, keys],
    );
  }

  /** Holds it until the transaction ends. */
  hold(
    manager: EntityManager,
    workspaceId: string,
    id: string,
  ): Promise<CalendarFeedEntity | null> {
    return manager.findOne(CalendarFeedEntity, {
      where: { workspaceId, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(CalendarFeedEntity, { id });
  }

  sealedOtherwise(keyId: string): Promise<CalendarFeedEntity[]> {
    return this.feeds.findBy({ keyId: Not(keyId) });
  }

  async reseal({ id, secrets }: CalendarFeedEntity, sealed: Sealed): Promise<boolean> {
    const change = { secrets: sealed.text, keyId: sealed.keyId };
    const { affected } = await this.feeds.update({ id, secrets }, change);
    return affected === 1;
  }
}
