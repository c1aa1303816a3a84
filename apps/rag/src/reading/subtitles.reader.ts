import { readSubtitles as readCues } from '@parley/contracts';
import type { Block, ReadBlocks } from './read-document';

/** Cues are a few words each: those of one speaker belong together, up to a paragraph. */
const PARAGRAPH_CHARACTERS = 500;

/** Reads WebVTT and SubRip: what is said, and by whom. */
export function readSubtitles(text: string): ReadBlocks {
  const paragraphs: { speaker: string | undefined; text: string }[] = [];
  for (const { speaker, text: said } of readCues(text)) {
    const last = paragraphs.at(-1);
    if (last?.speaker === speaker && last && last.text.length < PARAGRAPH_CHARACTERS) {
      last.text += ` ${said}`;
    } else paragraphs.push({ speaker, text: said });
  }
  const blocks = paragraphs.map(({ speaker, text: said }): Block => {
    return { text: speaker === undefined ? said : `${speaker}: ${said}`, headings: [] };
  });
  return { blocks };
}
