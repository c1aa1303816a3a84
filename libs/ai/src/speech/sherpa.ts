/* The part of sherpa-onnx-node that Parley uses, typed: the package brings no declarations. */

export interface SherpaStream {
  acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void;
}

export interface SherpaRecognizer {
  createStream(): SherpaStream;
  /** Runs on libuv's thread pool. */
  decodeAsync(stream: SherpaStream): Promise<{ text: string }>;
}

export interface SherpaVad {
  acceptWaveform(samples: Float32Array): void;
  isDetected(): boolean;
  isEmpty(): boolean;
  pop(): void;
  flush(): void;
  reset(): void;
}

export interface Sherpa {
  OfflineRecognizer: { createAsync(config: object): Promise<SherpaRecognizer> };
  Vad: new (config: object, bufferSeconds: number) => SherpaVad;
}

/** Loads the native library: only a process that transcribes pays for it. */
export function loadSherpa(): Sherpa {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- native, and only on demand
  return require('sherpa-onnx-node') as Sherpa;
}
