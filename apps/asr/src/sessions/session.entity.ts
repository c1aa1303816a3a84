import type { ChannelSource, Speaker } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far one channel of a meeting has been transcribed. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('jsonb', { nullable: true }) speaker: Speaker | null;
  @Column('text') language: string;
  @Column('text') source: ChannelSource;
  /** Everything before it has been accounted for; of captions, where the last one ends. */
  @Column('integer', { name: 'checkpoint_ms' }) checkpointMs: number;
  /** The next utterance's number. */
  @Column('integer', { name: 'next_ordinal' }) nextOrdinal: number;
  /** How many final segments there are: more than utterances, where speakers split them. */
  @Column('integer') finals: number;
  /** Addresses, telephone and card numbers are taken out of what is said. */
  @Column('boolean', { name: 'redact_personal_data' }) redactPersonalData: boolean;
  /** Names of people are. */
  @Column('boolean', { name: 'redact_names' }) redactNames: boolean;
  @Column('text') status: 'open' | 'completed';
}
