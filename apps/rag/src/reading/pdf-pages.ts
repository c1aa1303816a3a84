import type { PdfLine, ReadRequest, ReadResponse } from './reading.protocol';

/** The little that is used of pdf.js, whose own types need the DOM. */
interface TextItem {
  str?: string;
  hasEOL?: boolean;
  transform?: number[];
  height?: number;
}
interface PdfPage {
  view: number[];
  getTextContent(): Promise<{ items: TextItem[] }>;
  cleanup(): void;
}
interface PdfDocument {
  numPages: number;
  getMetadata(): Promise<{ info: { Title?: unknown } }>;
  getPage(number: number): Promise<PdfPage>;
}
interface PdfJs {
  getDocument(options: object): { promise: Promise<PdfDocument> };
}

/** The lines of each page of a PDF; runs in the reading process only. */
export async function readPdfPages({
  bytes,
  maxPages,
}: Extract<ReadRequest, { kind: 'pdf' }>): Promise<ReadResponse> {
  const pdfJs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as PdfJs;
  let document: PdfDocument;
  try {
    document = await pdfJs.getDocument({
      data: new Uint8Array(bytes),
      verbosity: 0,
      isEvalSupported: false,
      useSystemFonts: false,
      disableFontFace: true,
    }).promise;
  } catch (error) {
    const encrypted = error instanceof Error && error.name === 'PasswordException';
    return { type: 'refused', reason: encrypted ? 'encrypted' : 'broken' };
  }
  if (document.numPages > maxPages) return { type: 'refused', reason: 'too-long' };
  const pages: PdfLine[][] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(toLines(items, page.view[3] ?? 0));
    page.cleanup();
  }
  const { Title: title } = (await document.getMetadata()).info;
  return {
    type: 'pages',
    pages,
    ...(typeof title === 'string' && title.trim() ? { title: title.trim() } : {}),
  };
}

function toLines(items: TextItem[], pageHeight: number): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | undefined;
  for (const { str = '', hasEOL = false, transform = [], height = 0 } of items) {
    const top = pageHeight - (transform[5] ?? 0);
    if (str !== '') {
      // Superscripts move by less than half a line.
      if (line && Math.abs(line.top - top) > Math.max(line.height, height) / 2) {
        lines.push(line);
        line = undefined;
      }
      line ??= { text: '', top, height };
      line.text += str;
      line.height = Math.max(line.height, height);
    }
    if (hasEOL && line) {
      lines.push(line);
      line = undefined;
    }
  }
  if (line) lines.push(line);
  return lines
    .map((each) => ({ ...each, text: each.text.replace(/\s+/g, ' ').trim() }))
    .filter((each) => each.text !== '');
}
