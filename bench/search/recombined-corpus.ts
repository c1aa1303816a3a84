import { chunkTurns } from '../../apps/rag/src/chunking/turns';
import { unitsOf } from '../../apps/rag/src/chunks/vector-unit';
import { countWords } from '../../apps/rag/src/chunking/sentences';
import type { RealTurn } from '../../evaluate/understanding/real-meetings';
import { mulberry32 } from '../../evaluate/understanding/retrieval-score';

/** A chunk as search will find it. */
export interface BenchChunk {
  /** Which meeting, and which place in it, both counted from 0. */
  meeting: number;
  ordinal: number;
  text: string;
  words: number;
}

/** About what an hour of talk becomes. */
export const CHUNKS_PER_MEETING = 100;

/** What the real meetings are cut into, as rag cuts them. */
export function realChunks(meetings: RealTurn[][]): string[] {
  return meetings.flatMap((turns) =>
    chunkTurns(
      turns.map(({ number, speaker, text }) => ({
        id: String(number),
        speaker,
        text,
        startMs: number,
        endMs: number + 1,
      })),
    ).map(({ text }) => text),
  );
}

/**
 * `count` chunks: the real ones, then others of which each is made of lines of two of them. All their sentences
 * are real, so that their vectors are those that the engine would make, and no two meetings are the same.
 */
export function recombined(real: string[], count: number): BenchChunk[] {
  const random = mulberry32(7);
  const half = (): string[] => {
    const lines = real[Math.floor(random() * real.length)]?.split('\n') ?? [];
    const take = Math.ceil(lines.length / 2);
    const from = Math.floor(random() * (lines.length - take + 1));
    return lines.slice(from, from + take);
  };
  return Array.from({ length: count }, (_, at) => {
    const text = real[at] ?? [...half(), ...half()].join('\n');
    return {
      meeting: Math.floor(at / CHUNKS_PER_MEETING),
      ordinal: at % CHUNKS_PER_MEETING,
      text,
      words: countWords(text),
    };
  });
}

/** The sentences whose vectors make the vectors of these chunks. */
export function sentencesOf(chunks: string[]): string[] {
  return [...new Set(chunks.flatMap((text) => unitsOf({ context: '', text }, 'sentence')))];
}
