import type { Block, ReadBlocks } from './read-document';

const TIMES = /^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}\s+-->\s/;
const VOICE = /^<v(?:\.[^\s>]*)?\s+([^>]{1,120})>/;
/** `Ann: …`, as SubRip writes speakers. */
const NAMED = /^([\p{Lu}][^:<>]{0,40}):\s+/u;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
};
/** Cues are a few words each: those of one speaker belong together, up to a paragraph. */
const PARAGRAPH_CHARACTERS = 500;

/** Reads WebVTT (W3C) and SubRip: what is said, by whom; numbers, times, styles and notes are left out. */
export function readSubtitles(text: string): ReadBlocks {
  const paragraphs: { speaker: string | null; text: string }[] = [];
  for (const lines of text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((cue) => cue.split('\n'))) {
    const times = lines.findIndex((line) => TIMES.test(line));
    // The header, a note, a style or a region.
    if (times < 0) continue;
    for (const said of spoken(lines.slice(times + 1))) {
      const last = paragraphs.at(-1);
      if (last?.speaker === said.speaker && last.text.length < PARAGRAPH_CHARACTERS) {
        last.text += ` ${said.text}`;
      } else paragraphs.push(said);
    }
  }
  const blocks = paragraphs.map(({ speaker, text: said }): Block => {
    return { text: speaker === null ? said : `${speaker}: ${said}`, headings: [] };
  });
  return { blocks };
}

/** A line with a voice of its own begins another's speech; the others go on. */
function spoken(lines: string[]): { speaker: string | null; text: string }[] {
  const said: { speaker: string | null; text: string }[] = [];
  for (const line of lines) {
    const voice = VOICE.exec(line.trim())?.[1];
    const plain = withoutMarkup(line);
    const name = voice === undefined ? NAMED.exec(plain)?.[1] : withoutMarkup(voice);
    const text = voice === undefined ? plain.replace(NAMED, '') : plain;
    if (text === '') continue;
    const last = said.at(-1);
    if (name === undefined && last) last.text += ` ${text}`;
    else said.push({ speaker: name ?? null, text });
  }
  return said;
}

function withoutMarkup(line: string): string {
  return line
    .replace(/<[^<>]*>/g, '')
    .replace(/&([a-z]+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
