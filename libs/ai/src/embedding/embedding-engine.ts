import type { Waiting } from '../patience';

export type EmbedOptions = Waiting;

/** Turns texts into vectors of unit length. Adapters: Universal Sentence Encoder lite in a worker thread (local), OpenAI-compatible. */
export abstract class EmbeddingEngine {
  /** E.g. `use-lite-512`; a stored vector is comparable only with vectors of the same name. */
  abstract readonly name: string;
  abstract readonly dimensions: number;
  /** What it was trained on: a passage is embedded whole, or as the mean of its sentences. */
  abstract readonly unit: 'sentence' | 'passage';
  abstract embed(texts: string[], options?: EmbedOptions): Promise<Float32Array[]>;
  abstract close(): Promise<void>;
}
