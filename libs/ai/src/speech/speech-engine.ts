/** A word and when it is spoken, from the utterance's beginning. */
export interface HeardWord {
  text: string;
  startMs: number;
  endMs: number;
  /** The engine says itself that it only estimates the times. */
  estimated?: true;
}

/** What an engine made of one utterance. */
export interface Transcription {
  /** Empty when there was no speech in it. */
  text: string;
  /** From 0 to 1, where the engine gives one. */
  confidence?: number;
  /** In order, where the engine measures them. */
  words?: HeardWord[];
}

export interface TranscribeOptions {
  /** BCP 47; the engine's only or first language when left out. */
  language?: string;
  /** Names and words to expect; what an engine makes of them is never a word that nobody said. */
  vocabulary?: readonly string[];
  signal?: AbortSignal;
}

/** Turns an utterance into text. Adapters: Moonshine through sherpa-onnx (local), OpenAI-compatible. */
export abstract class SpeechEngine {
  /** E.g. `moonshine-tiny`; stands in every segment. */
  abstract readonly name: string;
  /** BCP 47 primary languages it can transcribe. */
  abstract readonly languages: readonly string[];
  /**
   * @param samples 16 kHz mono, -1 to 1; at most 30 s. Never blocks the event loop.
   * @throws ModelFailedError when the engine is somewhere else and cannot be used
   */
  abstract transcribe(samples: Float32Array, options?: TranscribeOptions): Promise<Transcription>;
  abstract close(): Promise<void>;
}
