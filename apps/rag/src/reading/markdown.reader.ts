import { plainInline } from './markdown-inline';
import { Outline } from './outline';
import type { ReadBlocks } from './read-document';
import { startsTable, tableSentences } from './table-sentences';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const FENCE = /^ {0,3}(```+|~~~+)/;
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
const RULE = /^ {0,3}([-*_])[ \t]*(\1[ \t]*){2,}$/;

/** Reads Markdown line by line: what counts here are headings, paragraphs, items, rows and code. */
export function readMarkdown(markdown: string): ReadBlocks {
  const { title, body } = withoutFrontMatter(markdown.replace(/\r\n?/g, '\n'));
  const outline = new MarkdownOutline();
  const lines = body.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const next = lines[at + 1];
    const heading = HEADING.exec(line);
    const fence = FENCE.exec(line)?.[1];
    if (heading) {
      outline.enter(heading[1]?.length ?? 1, plainInline(heading[2] ?? ''));
    } else if (fence) {
      const end = lines.findIndex((other, index) => index > at && other.trim().startsWith(fence));
      const last = end < 0 ? lines.length : end;
      outline.add(
        lines
          .slice(at + 1, last)
          .join('\n')
          .trim(),
      );
      at = last;
    } else if (startsTable(line, next)) {
      let end = at;
      while (lines[end]?.includes('|')) end++;
      tableSentences(lines.slice(at, end)).forEach((sentence) => {
        outline.add(sentence);
      });
      at = end - 1;
    } else if (outline.open && UNDERLINE.test(line)) {
      outline.underline(line.includes('=') ? 1 : 2);
    } else if (line.trim() === '' || RULE.test(line)) {
      outline.closeParagraph();
    } else {
      if (LIST_ITEM.test(line)) outline.closeParagraph();
      outline.continueParagraph(line.replace(/^[ \t>]+/, '').replace(LIST_ITEM, ''));
    }
  }
  outline.closeParagraph();
  const ownTitle = title ?? outline.title;
  return {
    blocks: outline.blocks,
    ...(ownTitle ? { title: ownTitle } : {}),
  };
}

/** An outline whose paragraphs come line by line. */
class MarkdownOutline extends Outline {
  private paragraph: string[] = [];

  get open(): boolean {
    return this.paragraph.length > 0;
  }

  override enter(level: number, text: string): void {
    this.closeParagraph();
    super.enter(level, text);
  }

  override add(text: string): void {
    this.closeParagraph();
    super.add(text);
  }

  /** The paragraph that is open was a heading, as the line below it says. */
  underline(level: number): void {
    const text = plainInline(this.paragraph.join(' '));
    this.paragraph = [];
    this.enter(level, text);
  }

  continueParagraph(line: string): void {
    this.paragraph.push(line);
  }

  closeParagraph(): void {
    const text = plainInline(this.paragraph.join(' '));
    this.paragraph = [];
    super.add(text);
  }
}

function withoutFrontMatter(markdown: string): { title?: string; body: string } {
  const matter = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(markdown);
  if (!matter) return { body: markdown };
  const title = /^title:[ \t]*["']?(.+?)["']?[ \t]*$/m.exec(matter[1] ?? '')?.[1];
  return { ...(title ? { title } : {}), body: markdown.slice(matter[0].length) };
}
