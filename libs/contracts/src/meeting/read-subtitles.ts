import type { Cue } from './subtitles';

const TIMES =
  /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})\s+-->\s+(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})/;
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

/**
 * Reads WebVTT (W3C) and SubRip: what is said, when and by whom. Numbers, styles and notes are left out; a cue in which
 * several speak is one for each.
 */
export function readSubtitles(text: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    // The header, a note, a style or a region.
    if (at < 0) continue;
    const [startMs, endMs] = timesOf(lines[at] ?? '');
    for (const said of spoken(lines.slice(at + 1))) cues.push({ startMs, endMs, ...said });
  }
  return cues;
}

function timesOf(line: string): [startMs: number, endMs: number] {
  const parts = (TIMES.exec(line) ?? []).slice(1).map((part) => Number(part || 0));
  const ms = (from: number): number => {
    const [hours = 0, minutes = 0, seconds = 0, rest = 0] = parts.slice(from, from + 4);
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest;
  };
  return [ms(0), ms(4)];
}

/** A line with a voice of its own begins another's speech; the others go on. */
function spoken(lines: string[]): Pick<Cue, 'text' | 'speaker'>[] {
  const said: Pick<Cue, 'text' | 'speaker'>[] = [];
  for (const line of lines) {
    const voice = VOICE.exec(line.trim())?.[1];
    const plain = withoutMarkup(line);
    const name = voice === undefined ? NAMED.exec(plain)?.[1] : withoutMarkup(voice);
    const text = voice === undefined ? plain.replace(NAMED, '') : plain;
    if (text === '') continue;
    const last = said.at(-1);
    if (name === undefined && last) last.text += ` ${text}`;
    else said.push({ text, ...(name === undefined ? {} : { speaker: name }) });
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
