import { Parser } from 'htmlparser2';
import { Outline } from './outline';
import type { ReadRequest, ReadResponse } from './reading.protocol';
import { rowSentences } from './table-sentences';
import { readZipEntries, ZipError } from './zip-entries';

const DOCUMENT = 'word/document.xml';
const STYLES = 'word/styles.xml';
const PROPERTIES = 'docProps/core.xml';

/** Reads a Word document (ECMA-376, part 1, section 17): headings, paragraphs and rows; runs in the reading process only. */
export function readDocx({
  bytes,
  maxUnpackedBytes,
}: Extract<ReadRequest, { kind: 'docx' }>): ReadResponse {
  try {
    const parts = readZipEntries(bytes, [DOCUMENT, STYLES, PROPERTIES], maxUnpackedBytes);
    const document = parts.get(DOCUMENT);
    if (!document) return { type: 'refused', reason: 'broken' };
    const reader = new DocxReader(headingLevels(textOf(parts.get(STYLES))));
    parse(textOf(document), reader);
    const title = titleOf(textOf(parts.get(PROPERTIES))) || reader.outline.title;
    return { type: 'blocks', blocks: reader.outline.blocks, ...(title ? { title } : {}) };
  } catch (error) {
    if (error instanceof ZipError) return { type: 'refused', reason: error.reason };
    throw error;
  }
}

interface XmlListener {
  onopentag?(name: string, attributes: Record<string, string>): void;
  ontext?(text: string): void;
  onclosetag?(name: string): void;
}

/** Declared entities are not expanded, so that a few bytes stay a few bytes. */
function parse(xml: string, listener: XmlListener): void {
  const parser = new Parser(listener, { xmlMode: true, decodeEntities: true });
  parser.write(xml);
  parser.end();
}

function textOf(part: Buffer | undefined): string {
  return part?.toString('utf8') ?? '';
}

/** Which styles are headings, of which level; ids differ from language to language, these names do not. */
function headingLevels(styles: string): Map<string, number> {
  const levels = new Map<string, number>();
  let style = '';
  parse(styles, {
    onopentag(name, attributes) {
      if (name === 'w:style') style = attributes['w:styleId'] ?? '';
      if (name !== 'w:name') return;
      const styleName = attributes['w:val'] ?? '';
      const level = /^heading ([1-9])$/i.exec(styleName)?.[1];
      if (level !== undefined) levels.set(style, Number(level));
      else if (/^title$/i.test(styleName)) levels.set(style, 1);
    },
  });
  return levels;
}

function titleOf(properties: string): string {
  let inTitle = false;
  let title = '';
  parse(properties, {
    onopentag(name) {
      inTitle = name === 'dc:title';
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag() {
      inTitle = false;
    },
  });
  return title.trim();
}

class DocxReader implements XmlListener {
  readonly outline = new Outline();
  private text = '';
  private inText = false;
  /** Word does not show this run: who reads the document does not see what would be cited. */
  private hidden = false;
  private level: number | undefined;
  /** A table within a cell is part of the cell. */
  private tables = 0;
  private rows: string[][] = [];
  private cell = '';

  constructor(private readonly levels: ReadonlyMap<string, number>) {}

  onopentag(name: string, attributes: Record<string, string>): void {
    if (name === 'w:r') this.hidden = false;
    else if (name === 'w:vanish') this.hidden = !isOff(attributes['w:val']);
    else if (name === 'w:t') this.inText = !this.hidden;
    else if (name === 'w:tab' || name === 'w:br' || name === 'w:cr') this.text += ' ';
    else if (name === 'w:pStyle') this.level = this.levels.get(attributes['w:val'] ?? '');
    else if (name === 'w:tbl' && ++this.tables === 1) this.rows = [];
    else if (name === 'w:tr' && this.tables === 1) this.rows.push([]);
    else if (name === 'w:tc' && this.tables === 1) this.cell = '';
  }

  ontext(text: string): void {
    if (this.inText) this.text += text;
  }

  onclosetag(name: string): void {
    if (name === 'w:t') this.inText = false;
    else if (name === 'w:r') this.hidden = false;
    else if (name === 'w:p') this.closeParagraph();
    else if (name === 'w:tc' && this.tables === 1) this.rows.at(-1)?.push(this.cell.trim());
    else if (name === 'w:tbl' && --this.tables === 0) this.closeTable();
  }

  private closeParagraph(): void {
    const text = this.text.replace(/\s+/g, ' ').trim();
    const { level } = this;
    this.text = '';
    this.level = undefined;
    if (this.tables > 0) this.cell += ` ${text}`;
    else if (level !== undefined && text !== '') this.outline.enter(level, text);
    else this.outline.add(text);
  }

  /** The first row of a table names its columns, unless there is no other. */
  private closeTable(): void {
    const [head = [], ...body] = this.rows;
    const sentences = body.length === 0 ? rowSentences([], [head]) : rowSentences(head, body);
    for (const sentence of sentences) this.outline.add(sentence);
  }
}

function isOff(value: string | undefined): boolean {
  return value === '0' || value === 'false' || value === 'off';
}
