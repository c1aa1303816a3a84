import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A chunk of a document or of a meeting, without its vector and search words, which only SQL touches. */
@Entity('chunks')
export class ChunkEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'document_id', nullable: true }) documentId: string | null;
  @Column('uuid', { name: 'meeting_id', nullable: true }) meetingId: string | null;
  @Column('integer') ordinal: number;
  /** Title and headings: searched with the text, never shown as it. */
  @Column('text') context: string;
  @Column('text') text: string;
  /** Of a paged document. */
  @Column('integer', { nullable: true }) page: number | null;
  /** Of a meeting: what was said, and from when to when. */
  @Column('text', { name: 'segment_ids', array: true, nullable: true }) segmentIds: string[] | null;
  @Column('integer', { name: 'start_ms', nullable: true }) startMs: number | null;
  @Column('integer', { name: 'end_ms', nullable: true }) endMs: number | null;
  @Column('integer', { name: 'word_count' }) wordCount: number;
}
