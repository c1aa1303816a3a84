import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event that must reach the bus because the rows beside it were committed. */
@Entity('outbox')
export class OutboxEntry {
  @PrimaryColumn('bigint', { generated: 'increment' }) position: string;
  @Column('uuid', { name: 'event_id' }) eventId: string;
  /** An `Envelope`, as it will be published. */
  @Column('jsonb') envelope: object;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) claimedUntil: Date | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
}
