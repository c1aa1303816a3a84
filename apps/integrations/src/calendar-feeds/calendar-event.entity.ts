import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A meeting that was told of: nothing of what it is, only enough to see that it changed. */
@Entity('calendar_events')
export class CalendarEventEntity {
  @PrimaryColumn('uuid', { name: 'feed_id' }) feedId: string;
  @PrimaryColumn('text') key: string;
  @Column('text') hash: string;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
}
