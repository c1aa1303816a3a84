/* The part of sherpa-onnx-node that Parley uses, typed: the package brings no declarations. */

export interface SherpaStream {
  acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void;
}

/** Lists are as long as `tokens`, or empty where the model measures nothing of the kind; times are in seconds. */
export interface SherpaResult {
  text: string;
  tokens?: string[];
  timestamps?: number[];
  durations?: number[];
}

export interface SherpaRecognizer {
  createStream(): SherpaStream;
  /** Runs on libuv's thread pool. */
  decodeAsync(stream: SherpaStream): Promise<SherpaResult>;
}

export interface SherpaOnlineStream extends SherpaStream {
  inputFinished(): void;
}

/** Blocks its thread. */
export interface SherpaOnlineRecognizer {
  createStream(): SherpaOnlineStream;
  isReady(stream: SherpaOnlineStream): boolean;
  decode(stream: SherpaOnlineStream): void;
  getResult(stream: SherpaOnlineStream): SherpaResult;
}

/** Blocks its thread. */
export interface SherpaSpeakerExtractor {
  readonly dim: number;
  createStream(): SherpaOnlineStream;
  isReady(stream: SherpaOnlineStream): boolean;
  compute(stream: SherpaOnlineStream, enableExternalBuffer: boolean): Float32Array;
}

export interface Sherpa {
  OfflineRecognizer: { createAsync(config: object): Promise<SherpaRecognizer> };
  OnlineRecognizer: new (config: object) => SherpaOnlineRecognizer;
  SpeakerEmbeddingExtractor: new (config: object) => SherpaSpeakerExtractor;
}

/** Loads the native library: only a process that transcribes pays for it. */
export function loadSherpa(): Sherpa {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- native, and only on demand
  return require('sherpa-onnx-node') as Sherpa;
}
