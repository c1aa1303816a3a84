import type { EmbeddingEngine } from '@parley/ai';
import { unitsOf } from '../../apps/rag/src/chunks/vector-unit';
import { countWords } from '../../apps/rag/src/chunking/sentences';

/** How fast the engine makes vectors of chunks. */
export interface IndexingSpeed {
  chunks: number;
  /** Of a chunk, in the mean. */
  words: number;
  chunksPerSecond: number;
  cpuMsPerChunk: number;
  /** How many cores it used, in the mean. */
  cores: number;
}

const SAMPLE = 400;
/** As many as the backfill takes at a time. */
const BATCH = 8;

/** Makes vectors as the backfill does, without the database, which costs next to nothing beside it. */
export async function measureIndexing(
  engine: EmbeddingEngine,
  chunks: string[],
): Promise<IndexingSpeed> {
  await engine.embed(['ready']);
  const sample = chunks.slice(0, SAMPLE);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let at = 0; at < sample.length; at += BATCH) {
    const part = sample.slice(at, at + BATCH);
    await engine.embed([
      ...new Set(part.flatMap((text) => unitsOf({ context: 'Meeting', text }, engine.unit))),
    ]);
  }
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1_000;
  return {
    chunks: sample.length,
    words: sample.reduce((sum, text) => sum + countWords(text), 0) / sample.length,
    chunksPerSecond: (sample.length / ms) * 1_000,
    cpuMsPerChunk: cpuMs / sample.length,
    cores: cpuMs / ms,
  };
}
