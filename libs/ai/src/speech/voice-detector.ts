/** Tells speech from everything else in one channel, frame by frame; remembers what it heard. */
export abstract class VoiceDetector {
  /** How many samples (16 kHz mono) one frame has. */
  abstract readonly frameSamples: number;
  /** Whether there is speech in `frame`, which follows the frame before. Cheap enough for the event loop. */
  abstract isSpeech(frame: Float32Array): boolean;
  /** Forgets what it heard: what comes next does not follow. */
  abstract reset(): void;
}

/** Makes one {@link VoiceDetector} for each channel. Adapter: Silero. */
export abstract class VoiceDetectorFactory {
  /** E.g. `silero-v6`. */
  abstract readonly name: string;
  abstract create(): VoiceDetector;
}
