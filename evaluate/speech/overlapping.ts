import { loudness, pcmToSamples, SAMPLES_PER_MS, samplesToPcm } from '@parley/audio';
import { Seeded } from '../../test/harness/seeded';
import type { SharedRecording, Span } from './recordings';

const SEED = 1;
const TURNS = 24;
/** Every third turn begins before the last one has ended. */
const OVERLAPPING = 3;
const LOUDNESS = 0.05;
/** The one who falls in is up to six decibels quieter. */
const QUIETEST = 0.5;
const [SHORTEST_TURN_MS, PAUSE_MS] = [1_600, 250];
const [SHORTEST_MS, LONGEST_MS] = [700, 2_500];

/** Recordings of people who fall into each other's words. */
export interface OverlappingRecording {
  name: string;
  pcm: Buffer;
  /** Where two speak at once. */
  overlaps: Span[];
}

/** How well it was marked where two speak at once. */
export interface OverlapScore {
  recording: string;
  overlaps: number;
  /** Those with a mark in them. */
  found: number;
  marks: number;
  /** Marks with an overlap in them. */
  right: number;
  overlapMs: number;
  /** Of it, what is marked; and what is marked in all. */
  foundMs: number;
  markedMs: number;
}

/** Turns of a recording in which somebody speaks alone, one after the other and, every third time, into the last. */
export function overlapping({ name, pcm, turns }: SharedRecording): OverlappingRecording {
  const samples = pcmToSamples(pcm);
  const alone = turns
    .map((turn) => ({ ...turn, ...aloneIn(turn, turns) }))
    .filter(({ startMs, endMs }) => endMs - startMs >= SHORTEST_TURN_MS);
  const random = new Seeded(SEED);
  const mixed: number[] = [];
  const overlaps: Span[] = [];
  let [endMs, lastMs, last] = [0, 0, ''];
  for (let turn = 0; turn < TURNS; turn++) {
    const others = alone.filter(({ who }) => who !== last);
    const next = others[Math.floor(random.next() * others.length)];
    if (!next) break;
    const part = samples.subarray(next.startMs * SAMPLES_PER_MS, next.endMs * SAMPLES_PER_MS);
    const ms = part.length / SAMPLES_PER_MS;
    const fallsIn = turn > 0 && turn % OVERLAPPING === 0;
    const length = SHORTEST_MS + random.next() * (LONGEST_MS - SHORTEST_MS);
    const intoMs = fallsIn ? Math.min(length, 0.8 * ms, 0.8 * lastMs) : -PAUSE_MS;
    const startMs = Math.round(endMs - intoMs);
    const gain = (LOUDNESS / loudness(part)) * (fallsIn ? 1 - random.next() * QUIETEST : 1);
    if (fallsIn) overlaps.push({ startMs, endMs });
    for (const [at, value] of part.entries()) {
      const place = startMs * SAMPLES_PER_MS + at;
      mixed[place] = (mixed[place] ?? 0) + gain * value;
    }
    [endMs, lastMs, last] = [startMs + ms, ms, next.who];
  }
  return {
    name,
    pcm: samplesToPcm(Float32Array.from({ length: mixed.length }, (_, at) => mixed[at] ?? 0)),
    overlaps,
  };
}

export function overlapScore(
  { name, overlaps }: OverlappingRecording,
  marks: readonly Span[],
): OverlapScore {
  const both = (one: Span, other: Span): number =>
    Math.max(0, Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs));
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const meets = (span: Span, spans: readonly Span[]): boolean =>
    spans.some((one) => both(span, one) > 0);
  return {
    recording: name,
    overlaps: overlaps.length,
    found: overlaps.filter((one) => meets(one, marks)).length,
    marks: marks.length,
    right: marks.filter((one) => meets(one, overlaps)).length,
    overlapMs: sum(overlaps.map(({ startMs, endMs }) => endMs - startMs)),
    foundMs: sum(overlaps.flatMap((one) => marks.map((mark) => both(one, mark)))),
    markedMs: sum(marks.map(({ startMs, endMs }) => endMs - startMs)),
  };
}

/** The longest stretch of a turn in which nobody else speaks. */
function aloneIn(turn: Span & { who: string }, turns: readonly (Span & { who: string })[]): Span {
  const others = turns
    .filter(({ who, startMs, endMs }) => {
      return who !== turn.who && startMs < turn.endMs && endMs > turn.startMs;
    })
    .sort((a, b) => a.startMs - b.startMs);
  let [best, fromMs] = [{ startMs: turn.startMs, endMs: turn.startMs }, turn.startMs];
  for (const { startMs, endMs } of [...others, { startMs: turn.endMs, endMs: turn.endMs }]) {
    if (startMs - fromMs > best.endMs - best.startMs) best = { startMs: fromMs, endMs: startMs };
    fromMs = Math.max(fromMs, endMs);
  }
  return best;
}
