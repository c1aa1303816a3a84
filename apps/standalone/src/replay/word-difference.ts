interface Step {
  kind: 'same' | 'gone' | 'new';
  word: string;
}

/** Longer texts are not compared word for word: a table of their words squared is made. */
const MOST_WORDS = 1_000;

/** Both texts in one: `we start on [-Monday.-]{+Tuesday.+}`. */
export function wordDifference(stored: string, now: string): string {
  const [before, after] = [words(stored), words(now)];
  const steps: Step[] =
    Math.max(before.length, after.length) > MOST_WORDS
      ? [...before.map(gone), ...after.map(added)]
      : stepsBetween(before, after);
  const parts: string[] = [];
  for (let at = 0; at < steps.length;) {
    const kind = steps[at]?.kind ?? 'same';
    const run = steps.slice(at).findIndex((step) => step.kind !== kind);
    const end = run === -1 ? steps.length : at + run;
    const text = steps
      .slice(at, end)
      .map(({ word }) => word)
      .join(' ');
    // What came in a word's place stands right behind it.
    const replaces = kind === 'new' && steps[at - 1]?.kind === 'gone';
    const marked = { same: text, gone: `[-${text}-]`, new: `{+${text}+}` }[kind];
    if (replaces) parts.push(`${parts.pop() ?? ''}${marked}`);
    else parts.push(marked);
    at = end;
  }
  return parts.join(' ');
}

/** How much two texts share of their words, from 0 to 1; case and punctuation do not count. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [bareWords(a), bareWords(b)];
  const shared = [...left].filter((word) => right.has(word)).length;
  const all = left.size + right.size - shared;
  // Less than 1: equal but for case is not equal.
  return all === 0 ? 0 : (0.99 * shared) / all;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function bareWords(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []);
}

function gone(word: string): Step {
  return { kind: 'gone', word };
}

function added(word: string): Step {
  return { kind: 'new', word };
}

/** Along the longest common subsequence; what goes stands before what comes. */
function stepsBetween(before: string[], after: string[]): Step[] {
  const common = commonLengths(before, after);
  const length = (row: number, column: number): number => common[row]?.[column] ?? 0;
  const steps: Step[] = [];
  for (let row = 0, column = 0; row < before.length || column < after.length;) {
    const [word, other] = [before[row], after[column]];
    if (word !== undefined && word === other) {
      steps.push({ kind: 'same', word });
      row += 1;
      column += 1;
    } else if (
      word !== undefined &&
      (other === undefined || length(row + 1, column) >= length(row, column + 1))
    ) {
      steps.push(gone(word));
      row += 1;
    } else if (other !== undefined) {
      steps.push(added(other));
      column += 1;
    }
  }
  return steps;
}

/** At `[row][column]`: how many words the rests from there on have in common, in order. */
function commonLengths(before: string[], after: string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const below = lengths[row + 1] ?? [];
      const own = lengths[row] ?? [];
      own[column] =
        before[row] === after[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, own[column + 1] ?? 0);
    }
  }
  return lengths;
}
