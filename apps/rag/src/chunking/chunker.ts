import type { Block } from '../reading/read-document';
import { countWords, splitSentences } from './sentences';

/** A stretch of a document that is retrieved and cited as one. */
export interface Chunk {
  /** Counted from 0 within its document. */
  ordinal: number;
  text: string;
  /** The headings it stands below, outermost first. */
  headings: string[];
  page?: number;
}

const TARGET_WORDS = 90;
/** Less than this at the end of a section joins the chunk before. */
const TAIL_WORDS = 25;
/** A longer sentence is not repeated as overlap. */
const OVERLAP_WORDS = 40;
/** What has no full stop for so long (a table, a list of numbers) is cut anyway. */
const LONGEST_SENTENCE_WORDS = 120;

interface Sentence {
  text: string;
  words: number;
  startsParagraph: boolean;
}

/** Cuts a document into chunks of about 90 words that never break a sentence, a section or a page. */
export function chunkBlocks(blocks: Block[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (const section of sectionsOf(blocks)) {
    const [first] = section;
    if (!first) continue;
    for (const sentences of fill(section.flatMap(sentencesOf))) {
      chunks.push({
        ordinal: chunks.length,
        text: joined(sentences),
        headings: first.headings,
        ...(first.page === undefined ? {} : { page: first.page }),
      });
    }
  }
  return chunks;
}

function sectionsOf(blocks: Block[]): Block[][] {
  const sections: Block[][] = [];
  let lastKey: string | undefined;
  for (const block of blocks) {
    const key = JSON.stringify([block.page, block.headings]);
    if (key === lastKey) sections.at(-1)?.push(block);
    else sections.push([block]);
    lastKey = key;
  }
  return sections;
}

function sentencesOf(block: Block): Sentence[] {
  return splitSentences(block.text)
    .flatMap(cutOverlong)
    .map((text, index) => ({ text, words: countWords(text), startsParagraph: index === 0 }));
}

function cutOverlong(sentence: string): string[] {
  const words = sentence.split(/\s+/);
  if (words.length <= LONGEST_SENTENCE_WORDS) return [sentence];
  const parts: string[] = [];
  for (let at = 0; at < words.length; at += TARGET_WORDS) {
    parts.push(words.slice(at, at + TARGET_WORDS).join(' '));
  }
  return parts;
}

function fill(sentences: Sentence[]): Sentence[][] {
  const chunks: Sentence[][] = [];
  let open: Sentence[] = [];
  let fresh = 0;
  for (const sentence of sentences) {
    if (fresh > 0 && total(open) + sentence.words > TARGET_WORDS) {
      chunks.push(open);
      const last = open.at(-1);
      open = last && last.words <= OVERLAP_WORDS ? [last] : [];
      fresh = 0;
    }
    open.push(sentence);
    fresh += sentence.words;
  }
  const previous = chunks.at(-1);
  if (previous && fresh < TAIL_WORDS) {
    // What overlaps is in the chunk before already.
    previous.push(...open.filter((sentence) => !previous.includes(sentence)));
  } else if (open.length > 0) {
    chunks.push(open);
  }
  return chunks;
}

function total(sentences: Sentence[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.words, 0);
}

function joined(sentences: Sentence[]): string {
  return sentences
    .map(({ text, startsParagraph }, index) =>
      index === 0 ? text : `${startsParagraph ? '\n' : ' '}${text}`,
    )
    .join('');
}
