import { doubleMetaphone } from 'double-metaphone';
import { distance } from 'fastest-levenshtein';

const TITLE = /^(?:mr|mrs|ms|miss|dr|doctor|prof|professor|sir|madam)\.? /;
const LEGAL_FORM =
  /(?:,? (?:inc|incorporated|corp|corporation|ltd|limited|llc|gmbh|ag|plc|co|company|holdings?|group))+\.?$/;
const UNSAID = new Set(['of', 'the', 'and', 'for', 'in', '&']);
/** Shorter names sound like too much. */
const FEWEST_LETTERS = 4;
const MOST_EDITS = 2;

/** A person's name, in lower case, without title. */
export function personKey(name: string): string {
  return plain(name).replace(TITLE, '');
}

/** An organisation's name, in lower case, without article and legal form. */
export function organizationKey(name: string): string {
  const whole = plain(name).replace(/^the /, '');
  return whole.replace(LEGAL_FORM, '') || whole;
}

export function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replace(/[.,]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The letters of a spoken abbreviation, such as "IEA" or "I.E.A."; null when it is none. */
export function abbreviationIn(text: string): string | null {
  const letters = text.replace(/[. ]/g, '');
  return /^\p{Lu}{2,6}$/u.test(letters) ? letters.toLowerCase() : null;
}

/** How a name of several words may be abbreviated: with and without the first letters of "of", "the", "and". */
export function initialsOf(key: string): string[] {
  const words = key.split(' ');
  if (words.length < 2) return [];
  const first = (of: readonly string[]): string => of.map((word) => word[0] ?? '').join('');
  return [...new Set([first(words), first(words.filter((word) => !UNSAID.has(word)))])];
}

/**
 * Whether two names, word by word, are spelled alike and sound the same to English ears. Stricter than what respells heard
 * words by a vocabulary (libs/ai), which forgives one consonant: there a few terms that somebody gave are looked for, here
 * Johnson and Johnston, or Christian and Christina, would become one person. The labelled meetings allow either.
 */
export function soundsLike(one: string, other: string): boolean {
  const [ours, theirs] = [one.split(' '), other.split(' ')];
  return (
    ours.length === theirs.length &&
    ours.every((word, at) => {
      const heard = theirs[at] ?? '';
      if (word === heard) return true;
      if (Math.min(word.length, heard.length) < FEWEST_LETTERS) return false;
      if (distance(word, heard) > MOST_EDITS) return false;
      const sounds = doubleMetaphone(heard);
      return doubleMetaphone(word).some((sound) => sounds.includes(sound));
    })
  );
}
