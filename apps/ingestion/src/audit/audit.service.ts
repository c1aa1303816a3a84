import { Inject, Injectable } from '@nestjs/common';
import {
  FIRST_PREVIOUS_HASH,
  ProblemError,
  type AuditEntry,
  type Envelope,
} from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { requestContext, type Page } from '@parley/service';
import { AuditRepository } from './audit.repository';
import { chained, toAuditEntry } from './to-audit-entry';

/** Keeps what was decided, in the order in which it was told, each entry chained to the one before. */
@Injectable()
export class AuditService {
  constructor(
    @Inject(AuditRepository) private readonly entries: AuditRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** An event that comes twice is kept once. */
  async append(event: Envelope<'audit.recorded'>): Promise<void> {
    const { workspaceId } = event;
    await this.work.run(async ({ manager }) => {
      await this.entries.lock(manager, workspaceId);
      if (await this.entries.has(manager, event.id)) return;
      const last = await this.entries.last(manager, workspaceId);
      const previousHash = last?.hash ?? FIRST_PREVIOUS_HASH;
      await this.entries.insert(manager, chained(event, (last?.sequence ?? 0) + 1, previousHash));
    });
  }

  async list(limit: number, cursor?: string): Promise<Page<AuditEntry>> {
    if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) {
      throw new ProblemError('validation-failed', 'This cursor was not given by us.');
    }
    const before = cursor === undefined ? undefined : Number(cursor);
    const rows = await this.entries.list(requestContext().workspaceId, limit + 1, before);
    const items = rows.slice(0, limit).map(toAuditEntry);
    const next = rows.length > limit ? items.at(-1)?.sequence : undefined;
    return { items, nextCursor: next === undefined ? null : String(next) };
  }
}
