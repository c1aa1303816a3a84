import type { SpokenTurn } from './recordings';

/** Time in milliseconds, summed over everybody who speaks. */
export interface DiarizationError {
  spokenMs: number;
  /** Nobody was heard where somebody spoke. */
  missedMs: number;
  /** Somebody was heard where nobody spoke. */
  falseMs: number;
  /** It was somebody else, or nobody could say who. */
  confusedMs: number;
}

const STEP_MS = 10;

/**
 * NIST's diarization error: each speaker is taken for the one heard that fits best overall; overlapping speech counts
 * for each who speaks.
 * @param heard `who` is null where nobody could say
 * @param collarMs on either side of each turn's beginning and end nothing counts
 */
export function diarizationError(
  said: readonly SpokenTurn[],
  heard: readonly (Omit<SpokenTurn, 'who'> & { who: string | null })[],
  collarMs: number,
): DiarizationError {
  const speakers = [...new Set(said.map(({ who }) => who))];
  const voices = [...new Set(heard.map(({ who }) => who))];
  const together = speakers.map(() => voices.map(() => 0));
  const error = { spokenMs: 0, missedMs: 0, falseMs: 0, confusedMs: 0 };
  const endMs = Math.max(0, ...[...said, ...heard].map((turn) => turn.endMs));
  for (let at = STEP_MS / 2; at < endMs; at += STEP_MS) {
    if (said.some((turn) => isNear(turn, at, collarMs))) continue;
    const truly = speakers.flatMap((who, index) => (speaks(said, who, at) ? [index] : []));
    const found = voices.flatMap((who, index) => (speaks(heard, who, at) ? [index] : []));
    error.spokenMs += truly.length * STEP_MS;
    error.missedMs += Math.max(0, truly.length - found.length) * STEP_MS;
    error.falseMs += Math.max(0, found.length - truly.length) * STEP_MS;
    error.confusedMs += Math.min(truly.length, found.length) * STEP_MS;
    for (const speaker of truly) {
      for (const voice of found) {
        const row = together[speaker];
        if (row && voices[voice] !== null) row[voice] = (row[voice] ?? 0) + STEP_MS;
      }
    }
  }
  error.confusedMs -= bestPairing(together);
  return error;
}

export function diarizationErrorRate(errors: readonly DiarizationError[]): number {
  const sum = (of: (error: DiarizationError) => number): number =>
    errors.reduce((total, error) => total + of(error), 0);
  const wrongMs = sum(({ missedMs, falseMs, confusedMs }) => missedMs + falseMs + confusedMs);
  return (
    wrongMs /
    Math.max(
      1,
      sum(({ spokenMs }) => spokenMs),
    )
  );
}

/** The most that pairs of a row and a column can add up to, each used once at most. Tries all: a few of each. */
export function bestPairing(gains: readonly (readonly number[])[]): number {
  const best = (row: number, used: ReadonlySet<number>): number => {
    const gain = gains[row];
    if (!gain) return 0;
    let most = best(row + 1, used);
    for (const [column, value] of gain.entries()) {
      if (value <= 0 || used.has(column)) continue;
      most = Math.max(most, value + best(row + 1, new Set([...used, column])));
    }
    return most;
  };
  return best(0, new Set());
}

function speaks(
  turns: readonly { who: string | null; startMs: number; endMs: number }[],
  who: string | null,
  at: number,
): boolean {
  return turns.some((turn) => turn.who === who && turn.startMs <= at && at < turn.endMs);
}

function isNear({ startMs, endMs }: SpokenTurn, at: number, collarMs: number): boolean {
  return Math.abs(at - startMs) < collarMs || Math.abs(at - endMs) < collarMs;
}
