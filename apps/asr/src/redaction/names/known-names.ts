import type { PersonalSpan } from '../personal-span';
import { kindOf } from './name-lexicon';

/** What goes with a name, and is none: "Dr Ann Lee (Acme)". */
const BESIDE_NAMES = /\(.*?\)|\b(?:mr|mrs|ms|miss|dr|prof|sir|madam|jr|sr)\b\.?|\d+/giu;
/** What a voice is called that nobody has named. */
const NOBODY = /^(?:speaker|participant|guest|unknown|caller|user)$/iu;
const OPENING = /(?:^|[.?!…]["”’')\]]*\s+)$/u;
const ACTS =
  /^(?:,|\s+(?:will|can|is|has|was|could|would|should|said|says|sent|needs|told|asked|and)\b)/u;

/** The words that the people of a meeting are called by: of "Ann-Marie Lee" both, and the whole. */
export function formsOf(people: Iterable<string>): string[] {
  const forms = new Set<string>();
  for (const name of people) {
    const parts = name
      .replace(BESIDE_NAMES, ' ')
      .split(/[\s,]+/)
      .filter((part) => part.length > 1);
    for (const part of parts) if (!NOBODY.test(part)) forms.add(part.toLowerCase());
  }
  return [...forms];
}

/** Where those are named of whom it is known that they are there, in whatever case; an everyday word needs its capital. */
export function findKnownNames(text: string, forms: readonly string[]): PersonalSpan[] {
  if (forms.length === 0) return [];
  const any = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu');
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
  return !OPENING.test(text.slice(0, start)) || ACTS.test(text.slice(end));
}
