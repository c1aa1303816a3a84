import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A chunk without its vector and search words, which only SQL touches. */
@Entity('chunks')
export class ChunkEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'document_id' }) documentId: string;
  @Column('integer') ordinal: number;
  /** Title and headings: searched with the text, never shown as it. */
  @Column('text') context: string;
  @Column('text') text: string;
  @Column('integer', { nullable: true }) page: number | null;
  @Column('integer', { name: 'word_count' }) wordCount: number;
}
