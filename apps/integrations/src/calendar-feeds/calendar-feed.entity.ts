import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('calendar_feeds')
export class CalendarFeedEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') name: string;
  /** The part of its address that is no secret. */
  @Column('text') host: string;
  /** IANA name in which times are meant that name none. */
  @Column('text', { name: 'time_zone' }) timeZone: string;
  /** Its address, sealed by SecretBox: who has it reads the calendar. */
  @Column('text') secrets: string;
  @Column('text', { name: 'key_id' }) keyId: string;
  /** What it said of the version that was read last. */
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  /** Up to when that version was looked through: a later horizon asks for it again. */
  @Column('timestamptz', { name: 'read_until', nullable: true }) readUntil: Date | null;
  /** Grows with every reading that changed something. */
  @Column('integer') revision: number;
  /** Meetings within the horizon beyond what is planned from one feed. */
  @Column('integer', { name: 'left_out' }) leftOut: number;
  /** Events that could not be understood. */
  @Column('integer') unread: number;
  @Column('timestamptz', { name: 'refreshed_at', nullable: true }) refreshedAt: Date | null;
  @Column('timestamptz', { name: 'failing_since', nullable: true }) failingSince: Date | null;
  /** In a row. */
  @Column('integer') failures: number;
  @Column('text', { nullable: true }) failure: string | null;
  @Column('timestamptz', { name: 'next_at' }) nextAt: Date;
  /** Names the look that is under way, so that one that slept through its time writes nothing. */
  @Column('uuid', { name: 'lease_owner', nullable: true }) leaseOwner: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
