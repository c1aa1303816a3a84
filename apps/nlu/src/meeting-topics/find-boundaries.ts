import { divide } from './divide';
import type { TopicLine } from './topic-line';

export interface BoundaryTuning {
  /** A topic begins at every so many segments at most. */
  unitSegments: number;
  /** Words that come in fewer of these units say nothing of where one belongs. */
  leastUnits: number;
  /** What one more topic has to gain; more makes fewer topics. */
  penalty: number;
}

/** Chosen on the first five of the real meetings: `docs/understanding-quality.md`. */
export const BOUNDARY_TUNING: BoundaryTuning = { unitSegments: 4, leastUnits: 2, penalty: 5 };

/** Time grows with the square: of longer meetings the units are longer. */
const MOST_UNITS = 400;
/** A line that lists more than that tells no more by it, and takes its time. */
const MOST_WORDS = 20;

/**
 * Where a meeting moves from one subject to another: numbers of the lines that begin one, without the first.
 * @param lines in the order of speaking, those too of which nothing is known.
 */
export function findBoundaries(
  lines: readonly TopicLine[],
  { unitSegments, leastUnits, penalty }: BoundaryTuning = BOUNDARY_TUNING,
): number[] {
  const size = Math.max(unitSegments, Math.ceil(lines.length / MOST_UNITS));
  const units: string[][] = [];
  for (let at = 0; at < lines.length; at += size) {
    units.push(lines.slice(at, at + size).flatMap(wordsOf));
  }
  const among = new Map<string, number>();
  for (const word of units.flatMap((words) => [...new Set(words)])) {
    among.set(word, (among.get(word) ?? 0) + 1);
  }
  const telling = units.map((words) =>
    words.filter((word) => (among.get(word) ?? 0) >= leastUnits),
  );
  return divide(telling, penalty).map((unit) => unit * size);
}

/** The heads of its phrases ("control" of "remote control") and the words of its names, singular and plural alike. */
function wordsOf({ topics, names }: TopicLine): string[] {
  return [
    ...topics.map(headOf),
    ...names.slice(0, MOST_WORDS).flatMap((name) => name.split(' ').filter(Boolean).map(singular)),
  ].slice(0, MOST_WORDS);
}

/** The last word of a phrase, in the singular. */
export function headOf(phrase: string): string {
  return singular(phrase.split(' ').at(-1) ?? phrase);
}

function singular(word: string): string {
  const plain = word.toLowerCase().replace(/['’]s?$/, '');
  if (plain.length > 4 && plain.endsWith('ies')) return `${plain.slice(0, -3)}y`;
  return plain.length > 3 && /[^s]s$/.test(plain) ? plain.slice(0, -1) : plain;
}
