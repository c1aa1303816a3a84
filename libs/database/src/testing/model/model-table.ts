import type { Envelope } from '@parley/contracts';
import type { ClaimedEntry } from '../../outbox/outbox.repository';

interface Row extends ClaimedEntry {
  claimedUntil: number;
  publishedAt: number | null;
}

const CLAIM_MS = 15_000;
const DAY_MS = 24 * 3_600_000;

/** For tests: the outbox as `OutboxRepository` keeps it in PostgreSQL; each call is one transaction. */
export class ModelTable {
  readonly rows: Row[] = [];
  remembered: string | null = null;
  /** How often everything was put back. */
  losses = 0;
  private readonly byPosition = new Map<string, Row>();
  private positions = 0;

  draft(events: Envelope[], claimed: boolean): Row[] {
    const claimedUntil = claimed ? Date.now() + CLAIM_MS : 0;
    return events.map((envelope) => {
      this.positions += 1;
      return { position: String(this.positions), envelope, claimedUntil, publishedAt: null };
    });
  }

  commit(rows: Row[]): void {
    this.rows.push(...rows);
    for (const row of rows) this.byPosition.set(row.position, row);
    this.rows.sort((a, b) => Number(a.position) - Number(b.position));
  }

  claim(limit: number): ClaimedEntry[] {
    const free = this.rows.filter(
      (row) => row.publishedAt === null && row.claimedUntil <= Date.now(),
    );
    const taken = free.slice(0, limit);
    for (const row of taken) row.claimedUntil = Date.now() + CLAIM_MS;
    return taken.map(({ position, envelope }) => ({ position, envelope }));
  }

  markPublished(positions: string[], dataId: string | null): void {
    if (dataId !== null && dataId !== this.remembered) return;
    for (const row of this.at(positions)) row.publishedAt = Date.now();
  }

  release(positions: string[]): void {
    for (const row of this.at(positions)) if (row.publishedAt === null) row.claimedUntil = 0;
  }

  adopt(dataId: string): number {
    const before = this.remembered;
    if (before === dataId) return 0;
    this.remembered = dataId;
    if (before === null) return 0;
    this.losses += 1;
    const lost = this.rows.filter(({ publishedAt }) => (publishedAt ?? 0) > Date.now() - DAY_MS);
    for (const row of lost) Object.assign(row, { claimedUntil: 0, publishedAt: null });
    return lost.length;
  }

  private at(positions: string[]): Row[] {
    return positions.flatMap((position) => this.byPosition.get(position) ?? []);
  }
}
