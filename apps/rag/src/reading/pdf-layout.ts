import type { PdfLine } from './reading.protocol';
import type { Block } from './read-document';

const ENDS_SENTENCE = /[.!?:;]["')\]]?$/;
const HEADING_WORDS = 12;

interface Paragraph {
  page: number;
  lines: PdfLine[];
}

/** Makes paragraphs and headings out of lines, by the gaps between them and the size of their letters. */
export function layOutPdf(pages: PdfLine[][]): Block[] {
  const kept = withoutRunningLines(pages);
  const bodyHeight = median(kept.flat().map((line) => line.height));
  const blocks: Block[] = [];
  let headings: string[] = [];
  for (const paragraph of paragraphsOf(kept)) {
    const { heading, lines } = splitHeading(paragraph.lines, bodyHeight);
    if (heading) {
      headings =
        heading.level === 1 ? [heading.text] : [...headings.slice(0, 1), heading.text].slice(-2);
    }
    if (lines.length === 0) continue;
    const block = { text: joinLines(lines), headings, page: paragraph.page };
    const previous = blocks.at(-1);
    if (previous && !heading && runsOver(previous, block)) {
      moveSentence(previous, block);
    }
    if (block.text !== '') blocks.push(block);
  }
  return blocks;
}

function paragraphsOf(pages: PdfLine[][]): Paragraph[] {
  return pages.flatMap((lines, index) => {
    const height = median(lines.map((line) => line.height));
    // Where every paragraph is one line, the usual gap is not that between lines.
    const spacing = Math.min(median(gaps(lines).filter((gap) => gap > 0)), height * 2);
    const paragraphs: Paragraph[] = [];
    lines.forEach((line, at) => {
      const before = lines[at - 1];
      const apart =
        !before ||
        line.top - before.top > spacing * 1.3 ||
        line.top < before.top ||
        Math.abs(line.height - before.height) > 1.5;
      if (apart) paragraphs.push({ page: index + 1, lines: [line] });
      else paragraphs.at(-1)?.lines.push(line);
    });
    return paragraphs;
  });
}

/** Larger letters are a heading of the first level; a short first line that ends openly is one of the second. */
function splitHeading(
  lines: PdfLine[],
  bodyHeight: number,
): { heading?: { text: string; level: 1 | 2 }; lines: PdfLine[] } {
  const [first, second] = lines;
  if (!first) return { lines };
  const text = joinLines(lines);
  const short = (words: string): boolean => words.split(' ').length <= HEADING_WORDS;
  if (first.height > bodyHeight * 1.15 && short(text)) {
    return { heading: { text, level: 1 }, lines: [] };
  }
  const longest = Math.max(...lines.map((line) => line.text.length));
  const openEnded = !/[.!?,;]$/.test(first.text) && /^\p{Lu}/u.test(first.text);
  if (second && openEnded && short(first.text) && first.text.length < longest * 0.6) {
    if (/^[\p{Lu}\d]/u.test(second.text)) {
      return { heading: { text: first.text, level: 2 }, lines: lines.slice(1) };
    }
  }
  return { lines };
}

/** Page numbers, and lines that stand at the edge of most pages, belong to no sentence. */
function withoutRunningLines(pages: PdfLine[][]): PdfLine[][] {
  const seen = new Map<string, number>();
  const key = (line: PdfLine): string => line.text.replace(/\d+/g, '#');
  const edges = (lines: PdfLine[]): PdfLine[] =>
    lines.length > 1 ? [lines[0], lines.at(-1)].filter((line) => line !== undefined) : [];
  for (const line of pages.flatMap(edges)) seen.set(key(line), (seen.get(key(line)) ?? 0) + 1);
  return pages.map((lines) => {
    const running = edges(lines).filter(
      (line) =>
        /^(page )?\d+( (of|\/) \d+)?$/i.test(line.text) ||
        (pages.length >= 3 && (seen.get(key(line)) ?? 0) > pages.length * 0.6),
    );
    return lines.filter((line) => !running.includes(line));
  });
}

function runsOver(previous: Block, next: Block): boolean {
  return (
    previous.page !== next.page && !ENDS_SENTENCE.test(previous.text) && /^\p{Ll}/u.test(next.text)
  );
}

/** A sentence that runs over to the next page belongs to the page on which it begins. */
function moveSentence(previous: Block, next: Block): void {
  const end = /[.!?]["')\]]?(\s|$)/.exec(next.text);
  const length = end ? end.index + end[0].length : next.text.length;
  previous.text = joinHyphenated(previous.text, next.text.slice(0, length).trim());
  next.text = next.text.slice(length).trim();
}

function joinLines(lines: PdfLine[]): string {
  return lines.map((line) => line.text).reduce(joinHyphenated, '');
}

function joinHyphenated(before: string, after: string): string {
  if (before === '') return after;
  return /\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(after)
    ? before.slice(0, -1) + after
    : `${before} ${after}`;
}

function gaps(lines: PdfLine[]): number[] {
  return lines.slice(1).map((line, index) => line.top - (lines[index]?.top ?? line.top));
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
