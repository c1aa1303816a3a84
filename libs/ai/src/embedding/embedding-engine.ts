/** Turns texts into vectors of unit length. Adapters: Universal Sentence Encoder lite in a worker thread (local), OpenAI-compatible. */
export abstract class EmbeddingEngine {
  /** E.g. `use-lite-512`; a stored vector is comparable only with vectors of the same name. */
  abstract readonly name: string;
  abstract readonly dimensions: number;
  abstract embed(texts: string[], options?: { signal?: AbortSignal }): Promise<Float32Array[]>;
  abstract close(): Promise<void>;
}
