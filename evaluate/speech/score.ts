import { wordErrors } from '@parley/testing';
import { percentile } from '../../bench/percentile';
import { Seeded } from '../../test/harness/seeded';
import type { HeardSegment } from './listeners';
import type { Recording, Span } from './recordings';

export interface WordScore {
  /** Words that were said. */
  words: number;
  substitutions: number;
  deletions: number;
  insertions: number;
}

/** @returns null when nobody wrote down what is said */
export function wordScore({ said }: Recording, heard: HeardSegment[]): WordScore | null {
  if (said === null) return null;
  const { words, substitutions, deletions, insertions } = wordErrors(said, textOf(heard));
  return { words, substitutions, deletions, insertions };
}

export function errorRate(scores: readonly WordScore[]): number {
  const sum = (of: (score: WordScore) => number): number =>
    scores.reduce((total, score) => total + of(score), 0);
  const errors = sum(({ substitutions, deletions, insertions }) => {
    return substitutions + deletions + insertions;
  });
  return (
    errors /
    Math.max(
      1,
      sum(({ words }) => words),
    )
  );
}

const DRAWS = 2_000;

/**
 * Between which rates 95 of 100 would lie if other recordings of the same kind were taken (percentile bootstrap over
 * recordings); null for fewer than two.
 */
export function errorRateInterval(scores: readonly WordScore[]): [number, number] | null {
  if (scores.length < 2) return null;
  const random = new Seeded(1);
  const draw = (): WordScore => scores[Math.floor(random.next() * scores.length)] as WordScore;
  const rates = Array.from({ length: DRAWS }, () => errorRate(scores.map(draw)));
  return [percentile(rates, 2.5) ?? 0, percentile(rates, 97.5) ?? 0];
}

/** Of the time in which somebody speaks, in milliseconds: all of it, and what lies in segments. */
export function spokenTime(
  speech: readonly Span[],
  heard: readonly Span[],
): { spokenMs: number; heardMs: number } {
  let [spokenMs, heardMs] = [0, 0];
  for (const span of speech) {
    spokenMs += span.endMs - span.startMs;
    for (const { startMs, endMs } of heard) {
      heardMs += Math.max(0, Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs));
    }
  }
  return { spokenMs, heardMs };
}

/** Words in what was heard, for sounds in which there are none. */
export function phantomWords(heard: readonly HeardSegment[]): number {
  return textOf(heard).split(/\s+/).filter(Boolean).length;
}

export interface NameScore {
  /** Names that were said. */
  said: number;
  /** Of those, written as they are spelled. */
  spelled: number;
  /** Written, and not said. */
  invented: number;
}

/** How often the names of a vocabulary stand where they should, to the letter. */
export function nameScore(
  said: string,
  heard: readonly HeardSegment[],
  vocabulary: readonly string[],
): NameScore {
  const score = { said: 0, spelled: 0, invented: 0 };
  for (const name of vocabulary) {
    const [wanted, found] = [countOf(name, said), countOf(name, textOf(heard))];
    score.said += wanted;
    score.spelled += Math.min(wanted, found);
    score.invented += Math.max(0, found - wanted);
  }
  return score;
}

function countOf(name: string, text: string): number {
  return ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.split(` ${name} `).length - 1;
}

function textOf(heard: readonly HeardSegment[]): string {
  return heard.map(({ text }) => text).join(' ');
}
