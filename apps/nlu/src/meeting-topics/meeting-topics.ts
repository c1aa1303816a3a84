import type { MeetingTopic } from '@parley/contracts';
import { findBoundaries, headOf } from './find-boundaries';
import type { TopicLine } from './topic-line';

/** A segment of a meeting, with what is known of what it is about. */
export interface SpokenLine extends TopicLine {
  segmentId: string;
  startMs: number;
}

const MOST_PHRASES = 3;

/**
 * The subjects of a meeting, one after another; none where nothing is known of what any line is about.
 * @param lines in the order of speaking.
 */
export function meetingTopics(lines: readonly SpokenLine[]): MeetingTopic[] {
  if (lines.every(({ topics, names }) => topics.length + names.length === 0)) return [];
  const starts = [0, ...findBoundaries(lines)];
  const everywhere = countPhrases(lines);
  return starts.flatMap((start, nth) => {
    const next = starts[nth + 1];
    const own = lines.slice(start, next);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    return {
      startMs: first.startMs,
      endMs: next === undefined ? null : (lines[next]?.startMs ?? null),
      firstSegmentId: first.segmentId,
      lastSegmentId: last.segmentId,
      segments: own.length,
      phrases: strongest(countPhrases(own), everywhere),
    };
  });
}

function countPhrases(lines: readonly TopicLine[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const phrase of lines.flatMap(({ topics }) => topics)) {
    counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return counts;
}

/** Often here, seldom elsewhere: how often a phrase is said here, times the share of it that is here. One of each head. */
function strongest(
  here: ReadonlyMap<string, number>,
  everywhere: ReadonlyMap<string, number>,
): string[] {
  const heads = new Set<string>();
  return [...here]
    .map(([phrase, count]) => ({ phrase, weight: count ** 2 / (everywhere.get(phrase) ?? count) }))
    .sort((one, other) => other.weight - one.weight || wordsIn(other.phrase) - wordsIn(one.phrase))
    .map(({ phrase }) => phrase)
    .filter((phrase) => {
      const head = headOf(phrase);
      return !heads.has(head) && heads.add(head);
    })
    .slice(0, MOST_PHRASES);
}

function wordsIn(phrase: string): number {
  return phrase.split(' ').length;
}
