import type { EmbeddingEngine } from '@parley/ai';
import { splitSentences } from '../chunking/sentences';

/** A shorter sentence ("Okay, so.") says nothing of its own. */
const SHORTEST_SENTENCE = /(\S+\s+){3}\S+/;

/**
 * What chunks' vectors are known by: those of two engines do not compare, and neither do those
 * of one that were made of whole passages and of their sentences.
 */
export function vectorName(engine: EmbeddingEngine): string {
  return engine.unit === 'sentence' ? `${engine.name}/sentences` : engine.name;
}

/** The texts whose vectors, taken together, are the vector of a chunk; at least one. */
export function unitsOf(
  { context, text }: { context: string; text: string },
  unit: EmbeddingEngine['unit'],
): string[] {
  // The nearest heading says what "it" is about; the whole path would drown a short text.
  const heading = context.split('\n').at(-1) ?? '';
  if (unit === 'passage') return [heading === '' ? text : `${heading}: ${text}`];
  const sentences = text.split('\n').flatMap(splitSentences);
  const telling = sentences.filter((sentence) => SHORTEST_SENTENCE.test(sentence));
  const kept = telling.length > 0 ? telling : [text];
  return heading === '' ? kept : [heading, ...kept];
}

/** The direction of their sum. */
export function meanVector(vectors: Float32Array[]): Float32Array {
  const [first = new Float32Array()] = vectors;
  if (vectors.length === 1) return first;
  const sum = new Float32Array(first.length);
  for (const vector of vectors) {
    for (let index = 0; index < sum.length; index++) {
      sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0);
    }
  }
  const length = Math.hypot(...sum);
  return length === 0 ? first : sum.map((value) => value / length);
}
