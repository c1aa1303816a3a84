/** A paragraph, list item, table row or code block of a document. */
export interface Block {
  text: string;
  /** The headings it stands below, outermost first. */
  headings: string[];
  /** Counted from 1; only paged documents have it. */
  page?: number;
}

export const MIME_TYPES = [
  'text/plain',
  'text/markdown',
  'text/html',
  'text/vtt',
  'application/x-subrip',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;
export type DocumentMimeType = (typeof MIME_TYPES)[number];

/** What stands in a document. */
export interface ReadBlocks {
  /** What the document calls itself. */
  title?: string;
  blocks: Block[];
}

/** What a reader made of a document's bytes. */
export interface ReadDocument extends ReadBlocks {
  mimeType: DocumentMimeType;
  pages?: number;
}
