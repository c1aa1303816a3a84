import type { Block } from './read-document';
import type { TextContent } from './content-type';

/** A line of a page as it stands there; units are PDF points, `top` grows downwards. */
export interface PdfLine {
  text: string;
  top: number;
  height: number;
}

/** What the reading process is asked. */
export type ReadRequest =
  | { kind: 'pdf'; bytes: Uint8Array; maxPages: number }
  | { kind: 'docx'; bytes: Uint8Array; maxUnpackedBytes: number }
  | TextContent;

/** Why a document is not read. */
export type Refusal = 'encrypted' | 'broken' | 'too-long' | 'too-large';

export type ReadResponse =
  | { type: 'pages'; title?: string; pages: PdfLine[][] }
  | { type: 'blocks'; title?: string; blocks: Block[] }
  | { type: 'refused'; reason: Refusal };
