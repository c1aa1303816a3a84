import type { Participant } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What agent needs to know of a meeting. */
@Entity('meetings')
export class MeetingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  /** Nothing of it may quote what was said. */
  @Column('boolean', { name: 'notes_only' }) notesOnly: boolean;
  @Column('text', { nullable: true }) title: string | null;
  @Column('jsonb') participants: Participant[];
  @Column('text', { name: 'time_zone' }) timeZone: string;
  /** Channels that carried audio; null until the meeting has ended. */
  @Column('jsonb', { nullable: true }) channels: string[] | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('timestamptz', { name: 'summarised_at', nullable: true }) summarisedAt: Date | null;
  /** How many lines the final summary knew: later ones make another. */
  @Column('integer', { name: 'summarised_lines', nullable: true }) summarisedLines: number | null;
  /** It was made before everything said had come. */
  @Column('boolean', { name: 'awaits_words' }) awaitsWords: boolean;
  /** When a line that was there changed last, until a final summary knows of it. */
  @Column('timestamptz', { name: 'corrected_at', nullable: true }) correctedAt: Date | null;
}
