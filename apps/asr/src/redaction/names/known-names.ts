import type { PersonalSpan } from '../personal-span';
import { kindOf } from './name-lexicon';
import { TITLES } from './titles';

/** What goes with a name, and is none: "Dr Ann Lee (Acme)". */
const BESIDE_NAMES = new RegExp(
  `\\(.*?\\)|\\b(?:${[...TITLES, 'jr', 'sr'].join('|')})\\b\\.?|\\d+`,
  'giu',
);
/** What a voice is called that nobody has named. */
const NOBODY = /^(?:speaker|participant|guest|unknown|caller|user)$/iu;
/** Not behind a colon or a bracket: who is there is rather taken out there. */
const SENTENCE_START = /(?:^|[.?!…]["”’')\]]*\s+)$/u;
const ACTS =
  /^(?:,|\s+(?:will|can|is|has|was|could|would|should|said|says|sent|needs|told|asked|and)\b)/u;

/** Scripts that put no space between words: what stands beside a name there is another word, or may be. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}';
const IN_A_WORD = `[[\\p{L}\\p{N}]--[${UNSPACED}]]`;
const ALL_UNSPACED = new RegExp(`^[${UNSPACED}\\p{M}]{2,}$`, 'v');

/** The words that the people of a meeting are called by, "Ann-Marie" before "Ann": the first that fits is taken. */
export function formsOf(people: Iterable<string>): string[] {
  const forms = new Set<string>();
  for (const one of people) {
    const name = one.normalize('NFC');
    const parts = name
      .replace(BESIDE_NAMES, ' ')
      .split(/[\s,]+/)
      .filter((part) => part.length > 1);
    for (const part of parts) if (!NOBODY.test(part)) forms.add(part.toLowerCase());
    const whole = name.replace(/\s+/g, '');
    if (ALL_UNSPACED.test(whole)) forms.add(whole);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/** Where those are named of whom it is known that they are there, in whatever case; an everyday word needs its capital. */
export function findKnownNames(text: string, forms: readonly string[]): PersonalSpan[] {
  if (forms.length === 0) return [];
  const any = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<!${IN_A_WORD})(?:${any})(?!${IN_A_WORD})`, 'giv');
  const found: PersonalSpan[] = [];
  for (const match of text.matchAll(pattern)) {
    const [word] = match;
    const start = match.index;
    const end = start + word.length;
    if (!isName(text, word, start, end)) continue;
    const last = found.at(-1);
    // Given and family name are one.
    if (last && /^\s+$/.test(text.slice(last.end, start))) last.end = end;
    else found.push({ kind: 'name', start, end });
  }
  return found;
}

function isName(text: string, word: string, start: number, end: number): boolean {
  const kind = kindOf(word);
  if (kind === undefined || kind === 'given' || kind === 'surname' || kind === 'place') return true;
  if (!/^\p{Lu}/u.test(word)) return false;
  return !SENTENCE_START.test(text.slice(0, start)) || ACTS.test(text.slice(end));
}
