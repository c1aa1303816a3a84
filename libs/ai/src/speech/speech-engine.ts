/** What an engine made of one utterance. */
export interface Transcription {
  /** Empty when there was no speech in it. */
  text: string;
  /** From 0 to 1, where the engine gives one. */
  confidence?: number;
}

/** Turns an utterance into text. Adapters: Moonshine through sherpa-onnx (local), OpenAI-compatible. */
export abstract class SpeechEngine {
  /** E.g. `moonshine-tiny`; stands in every segment. */
  abstract readonly name: string;
  /** BCP 47 primary languages it can transcribe. */
  abstract readonly languages: readonly string[];
  /** @param samples 16 kHz mono, -1 to 1; at most 30 s. Never blocks the event loop. */
  abstract transcribe(
    samples: Float32Array,
    options?: { language?: string; signal?: AbortSignal },
  ): Promise<Transcription>;
  abstract close(): Promise<void>;
}
