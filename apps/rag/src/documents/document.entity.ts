import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentMimeType } from '../reading/read-document';

@Entity('documents')
export class DocumentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') title: string;
  @Column('text', { name: 'mime_type' }) mimeType: DocumentMimeType;
  /** SHA-256 of the bytes: the same document twice is one. */
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('integer', { name: 'size_bytes' }) sizeBytes: number;
  @Column('integer', { nullable: true }) pages: number | null;
  @Column('integer', { name: 'chunk_count' }) chunkCount: number;
  @Column('integer', { name: 'word_count' }) wordCount: number;
  @Column('text', { array: true }) tags: string[];
  /** Of the key that seals its original; null where that is not kept. */
  @Column('text', { name: 'key_id', nullable: true }) keyId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
