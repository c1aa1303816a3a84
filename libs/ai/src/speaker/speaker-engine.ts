/** A stretch of the samples, in milliseconds from their beginning. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/**
 * Tells voices apart: a stretch of speech becomes a vector that is close (cosine) to those of the same voice and
 * far from others'. Adapters: a Kaldi x-vector (local), any model that sherpa-onnx loads from a folder.
 */
export abstract class SpeakerEngine {
  /** E.g. `kaldi-x-vector`. */
  abstract readonly name: string;
  abstract readonly dimensions: number;
  /**
   * The voice in each of the stretches, as a unit vector; null for one in which there is too little to tell.
   * @param samples 16 kHz mono, -1 to 1. Never blocks the event loop.
   * @param signal who gives up while others are heard first is passed over
   * @throws ModelFailedError; the signal's reason
   */
  abstract embed(
    samples: Float32Array,
    stretches: readonly Stretch[],
    signal?: AbortSignal,
  ): Promise<(Float32Array | null)[]>;
  abstract close(): Promise<void>;
}
