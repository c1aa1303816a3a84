import { percentile } from '../../bench/percentile';
import type { Span } from './recordings';

export interface TimedWord extends Span {
  text: string;
}

/** How far the times of words are off that were heard right; milliseconds, each without its sign. */
export interface WordTimeErrors {
  starts: number[];
  ends: number[];
}

/** Of the words on which both agree, in their order: the longest common subsequence. */
export function wordTimeErrors(
  said: readonly TimedWord[],
  heard: readonly TimedWord[],
): WordTimeErrors {
  const pairs = pairsOf(said, heard);
  return {
    starts: pairs.map(([one, other]) => Math.abs(one.startMs - other.startMs)),
    ends: pairs.map(([one, other]) => Math.abs(one.endMs - other.endMs)),
  };
}

/** The words of segments, spread over each by their letters: what there is to do without hearing anything. */
export function spreadWords(segments: readonly TimedWord[]): TimedWord[] {
  return segments.flatMap(({ text, startMs, endMs }) => {
    const words = text.split(/\s+/).filter(Boolean);
    const letters = words.reduce((sum, word) => sum + word.length + 1, 0);
    let passed = 0;
    const place = (): number => startMs + ((endMs - startMs) * passed) / letters;
    return words.map((word) => {
      const from = place();
      passed += word.length + 1;
      return { text: word, startMs: from, endMs: place() };
    });
  });
}

export interface ErrorFigures {
  p50: number | null;
  p95: number | null;
  /** The part that is within a tenth of a second. */
  close: number;
}

export function figuresOf(errors: readonly number[]): ErrorFigures {
  return {
    p50: percentile([...errors], 50),
    p95: percentile([...errors], 95),
    close: errors.filter((ms) => ms <= 100).length / Math.max(1, errors.length),
  };
}

function pairsOf(
  said: readonly TimedWord[],
  heard: readonly TimedWord[],
): [said: TimedWord, heard: TimedWord][] {
  const [rows, columns] = [said.map(plain), heard.map(plain)];
  // How many words agree from here to the end.
  const left = Array.from({ length: rows.length + 1 }, () =>
    new Array<number>(columns.length + 1).fill(0),
  );
  const leftAt = (row: number, column: number): number => left[row]?.[column] ?? 0;
  for (let row = rows.length - 1; row >= 0; row--) {
    for (let column = columns.length - 1; column >= 0; column--) {
      const best =
        rows[row] === columns[column]
          ? leftAt(row + 1, column + 1) + 1
          : Math.max(leftAt(row + 1, column), leftAt(row, column + 1));
      (left[row] as number[])[column] = best;
    }
  }
  const pairs: [TimedWord, TimedWord][] = [];
  let [row, column] = [0, 0];
  while (row < rows.length && column < columns.length) {
    if (rows[row] === columns[column]) {
      pairs.push([said[row++] as TimedWord, heard[column++] as TimedWord]);
    } else if (leftAt(row + 1, column) >= leftAt(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

function plain({ text }: TimedWord): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}’']/gu, '');
}
