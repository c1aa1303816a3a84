/** A paragraph, list item, table row or code block of a document. */
export interface Block {
  text: string;
  /** The headings it stands below, outermost first. */
  headings: string[];
  /** Counted from 1; only paged documents have it. */
  page?: number;
}

export const MIME_TYPES = ['text/plain', 'text/markdown', 'application/pdf'] as const;
export type DocumentMimeType = (typeof MIME_TYPES)[number];

/** What a reader made of a document's bytes. */
export interface ReadDocument {
  mimeType: DocumentMimeType;
  /** What the document calls itself. */
  title?: string;
  pages?: number;
  blocks: Block[];
}
