import type { ReadBlocks } from './read-document';

/** Paragraphs are what blank lines separate. */
export function readPlainText(text: string): ReadBlocks {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => ({ text: paragraph.replace(/\s+/g, ' ').trim(), headings: [] }))
    .filter((block) => block.text !== '');
  return { blocks };
}
