/** A line of a page as it stands there; units are PDF points, `top` grows downwards. */
export interface PdfLine {
  text: string;
  top: number;
  height: number;
}

export interface PdfRequest {
  bytes: Uint8Array;
  maxPages: number;
}

export type PdfResponse =
  | { type: 'read'; title?: string; pages: PdfLine[][] }
  | { type: 'refused'; reason: 'encrypted' | 'not-a-pdf' | 'too-long' };
