import { doubleMetaphone } from 'double-metaphone';
import { distance } from 'fastest-levenshtein';

/** How words sound, for English ears: two ways to say each (Philips, "The Double Metaphone Search Algorithm", 2000). */
export type Sound = [string, string];

/** Shorter words sound like too much. */
const FEWEST_LETTERS = 4;
/** Where the sound is the same, so much of the spelling has to be, too. */
const SAME_SOUND = 0.6;
/** Where one consonant differs. */
const NEAR_SOUND = 0.75;
const NEAR_SOUND_LENGTH = 4;

export function soundOf(letters: string): Sound {
  return doubleMetaphone(letters);
}

/** How much two words are alike that sound alike, up to 1; 0 when they do not. Letters only, in lower case. */
export function likeness(
  heard: { letters: string; sound: Sound },
  term: { letters: string; sound: Sound },
): number {
  const longest = Math.max(heard.letters.length, term.letters.length);
  if (Math.min(heard.letters.length, term.letters.length) < FEWEST_LETTERS) return 0;
  const least = leastFor(heard.sound, term.sound);
  if (least === Infinity) return 0;
  const alike = 1 - distance(heard.letters, term.letters) / longest;
  return alike >= least ? alike : 0;
}

function leastFor(heard: Sound, term: Sound): number {
  if (heard.some((one) => term.includes(one))) return SAME_SOUND;
  const near = heard.some((one) =>
    term.some((other) => {
      const long = Math.max(one.length, other.length) >= NEAR_SOUND_LENGTH;
      return long && sameBeginning(one, other) && distance(one, other) <= 1;
    }),
  );
  return near ? NEAR_SOUND : Infinity;
}

function sameBeginning(one: string, other: string): boolean {
  return other.startsWith(one.slice(0, 1));
}
