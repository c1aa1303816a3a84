import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VoicesState } from './voice-tracker';

/** What is known of the voices on a channel; it goes with its meeting. */
@Entity('voices')
export class VoicesEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  @Column('jsonb') state: VoicesState;
}
