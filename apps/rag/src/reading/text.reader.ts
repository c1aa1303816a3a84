import type { TextContent } from './content-type';
import { readHtml } from './html.reader';
import { readMarkdown } from './markdown.reader';
import { readPlainText } from './plain-text.reader';
import type { ReadBlocks } from './read-document';
import { readSubtitles } from './subtitles.reader';

/** Reads what is text already. */
export function readText({ kind, text }: TextContent): ReadBlocks {
  switch (kind) {
    case 'plain':
      return readPlainText(text);
    case 'markdown':
      return readMarkdown(text);
    case 'html':
      return readHtml(text);
    case 'vtt':
    case 'srt':
      return readSubtitles(text);
  }
}
