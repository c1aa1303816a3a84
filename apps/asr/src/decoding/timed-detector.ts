import type { VoiceDetector } from '@parley/ai';

/** A detector that also says how long each frame kept the event loop. */
export function timedDetector(
  detector: VoiceDetector,
  heard: (seconds: number) => void,
): VoiceDetector {
  return {
    frameSamples: detector.frameSamples,
    isSpeech(frame) {
      const startedAt = performance.now();
      const speech = detector.isSpeech(frame);
      heard((performance.now() - startedAt) / 1_000);
      return speech;
    },
    reset() {
      detector.reset();
    },
  };
}
