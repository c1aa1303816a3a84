import { Parser } from 'htmlparser2';
import { Outline } from './outline';
import type { ReadBlocks } from './read-document';
import { rowSentences } from './table-sentences';

/** What is no text of the page, or none that belongs to it. */
const LEFT_OUT = new Set(
  'script style noscript template svg math nav iframe object audio video canvas select button form dialog'.split(
    ' ',
  ),
);
/** Goes on within a line; all other elements end the paragraph. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Reads a web page: headings, paragraphs, items and rows; scripts, styles and navigation are left out. */
export function readHtml(html: string): ReadBlocks {
  const reader = new HtmlReader();
  const parser = new Parser(reader, { decodeEntities: true });
  parser.write(html);
  parser.end();
  const title = reader.title.replace(/\s+/g, ' ').trim() || reader.outline.title;
  return { blocks: reader.outline.blocks, ...(title ? { title } : {}) };
}

/** Hears of tags and text in their order; nothing here grows with how deep they are nested. */
class HtmlReader {
  readonly outline = new Outline();
  title = '';
  private text = '';
  /** The element that is left out, and how often it is open within itself. */
  private skipped: { name: string; depth: number } | null = null;
  private inTitle = false;
  private heading: number | null = null;
  private columns: string[] = [];
  private row: { cells: string[]; head: boolean } | null = null;

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.skipped) {
      if (name === this.skipped.name) this.skipped.depth++;
      return;
    }
    if (LEFT_OUT.has(name) || (isHidden(attributes) && !isVoid(name))) {
      this.skipped = { name, depth: 1 };
      return;
    }
    if (name === 'title') this.inTitle = true;
    if (INLINE.has(name)) return;
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (name === 'td' || name === 'th') {
      this.text = '';
      if (this.row && name === 'td') this.row.head = false;
    } else if (this.row) {
      this.text += ' ';
    } else this.flush();
    if (name === 'table') this.columns = [];
    if (name === 'tr') this.row = { cells: [], head: true };
    if (level !== undefined) this.heading = Number(level);
  }

  ontext(text: string): void {
    if (this.skipped) return;
    if (this.inTitle) this.title += text;
    else this.text += text;
  }

  onclosetag(name: string): void {
    if (this.skipped) {
      if (name === this.skipped.name && --this.skipped.depth === 0) this.skipped = null;
      return;
    }
    if (name === 'title') this.inTitle = false;
    if (INLINE.has(name)) return;
    if (this.row && (name === 'td' || name === 'th')) this.row.cells.push(this.take());
    else if (name === 'tr') this.closeRow();
    else if (this.row && name !== 'table') this.text += ' ';
    else this.flush();
  }

  onend(): void {
    this.closeRow();
    this.flush();
  }

  private closeRow(): void {
    const { row } = this;
    this.row = null;
    if (!row || row.cells.length === 0) return;
    this.text = '';
    if (row.head) this.columns = row.cells;
    else for (const sentence of rowSentences(this.columns, [row.cells])) this.outline.add(sentence);
  }

  private flush(): void {
    const text = this.take();
    if (text === '') return;
    if (this.heading === null) this.outline.add(text);
    else this.outline.enter(this.heading, text);
    this.heading = null;
  }

  private take(): string {
    const text = this.text.replace(/\s+/g, ' ').trim();
    this.text = '';
    return text;
  }
}

/** By itself; what a stylesheet hides is not known here. */
function isHidden({ hidden, style = '' }: Record<string, string>): boolean {
  return hidden !== undefined || /(display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
}

/** Has no end that would be waited for. */
function isVoid(name: string): boolean {
  return ['br', 'hr', 'img', 'input', 'link', 'meta', 'col', 'area', 'embed'].includes(name);
}
