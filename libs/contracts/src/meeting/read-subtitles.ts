import type { Cue } from './subtitles';

const TIMES =
  /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})\s+-->\s+(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})/;
/** Where a voice begins; what is said up to the next one is its own. */
const VOICES = /(?=<v[.\s])/;
const VOICE = /^<v(?:\.[^\s>]*)?\s([^>]*)>/;
const LONGEST_NAME = 120;
/**
 * `Ann van der Berg: …`, `Speaker 1: …`, as SubRip writes speakers: up to four words with a capital each. What merely has a
 * colon is said, and so is a telephone number or an address.
 */
const NAMED =
  /^(\p{Lu}[\p{L}\p{M}_\d.'’-]{0,40}(?: (?:\p{Lu}[\p{L}\p{M}.'’-]{0,40}|\(\p{L}{1,40}\)|\d{1,2}|de|da|di|del|der|den|van|von|bin|la|le)){0,3}): /u;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['lrm', ''],
  ['rlm', ''],
]);

type Said = Pick<Cue, 'text' | 'speaker'>;

/**
 * Reads WebVTT (W3C) and SubRip: what is said, when and by whom. Numbers, styles and notes are left out; a cue in which
 * several speak is one for each. A file that marks voices has no other names: `Ann: …` is then what is said.
 */
export function readSubtitles(text: string): Cue[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const marksVoices = lines.some((line) => /<v[.\s]/.test(line));
  const cues: Cue[] = [];
  let times: [startMs: number, endMs: number] | null = null;
  let said: Said[] = [];
  const end = (): void => {
    const [startMs, endMs] = times ?? [0, 0];
    for (const one of said) cues.push({ startMs, endMs, ...one });
    times = null;
    said = [];
  };
  for (const [at, line] of lines.entries()) {
    const begun = timesOf(line);
    if (begun) {
      end();
      times = begun;
    } else if (line.trim() === '') end();
    // The number of the cue that begins with the next line, where no empty line is between.
    else if (times && !(/^\s*\d+\s*$/.test(line) && timesOf(lines[at + 1] ?? ''))) {
      addSpoken(said, line, marksVoices);
    }
  }
  end();
  return cues;
}

function timesOf(line: string): [startMs: number, endMs: number] | null {
  const found = TIMES.exec(line);
  if (!found) return null;
  const parts = found.slice(1).map((part) => Number(part || 0));
  const ms = (from: number): number => {
    const [hours = 0, minutes = 0, seconds = 0, rest = 0] = parts.slice(from, from + 4);
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest;
  };
  return [ms(0), ms(4)];
}

/** A voice or a name begins another's speech; what has neither goes on. */
function addSpoken(said: Said[], line: string, marksVoices: boolean): void {
  for (const part of line.replace(/\s+/g, ' ').split(VOICES)) {
    const plain = withoutMarkup(part);
    const named = marksVoices ? null : NAMED.exec(plain);
    const name = marksVoices ? voiceOf(part) : named?.[1];
    const text = named ? plain.slice(named[0].length) : plain;
    const last = said.at(-1);
    if (text === '') continue;
    if (name === undefined && last) last.text += ` ${text}`;
    else said.push({ text, ...(name ? { speaker: name } : {}) });
  }
}

/** Empty for a voice of nobody. */
function voiceOf(part: string): string | undefined {
  const annotation = VOICE.exec(part)?.[1];
  if (annotation !== undefined) return withoutMarkup(annotation).slice(0, LONGEST_NAME).trim();
  return VOICES.test(part) ? '' : undefined;
}

function withoutMarkup(line: string): string {
  return line
    .replace(/<[^<>]*>/g, '')
    .replace(/&([a-z]{1,4});/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
