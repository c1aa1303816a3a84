import { loadSherpa, type Sherpa, type SherpaVad } from './sherpa';
import { VoiceDetector, VoiceDetectorFactory } from './voice-detector';

const SAMPLE_RATE = 16_000;
const FRAME_SAMPLES = 512;
/** sherpa keeps the speech it detects; it is taken from it before its buffer is full. */
const BUFFER_SECONDS = 30;
const FRAMES_BEFORE_EMPTYING = (20 * SAMPLE_RATE) / FRAME_SAMPLES;

/** Silero VAD: opens above a probability of 0.5 and closes below 0.35. */
class SileroVoiceDetector extends VoiceDetector {
  readonly frameSamples = FRAME_SAMPLES;
  private speechFrames = 0;

  constructor(private readonly vad: SherpaVad) {
    super();
  }

  isSpeech(frame: Float32Array): boolean {
    this.vad.acceptWaveform(frame);
    const speech = this.vad.isDetected();
    this.speechFrames = speech ? this.speechFrames + 1 : 0;
    if (this.speechFrames >= FRAMES_BEFORE_EMPTYING) {
      this.vad.flush();
      this.speechFrames = 0;
    }
    while (!this.vad.isEmpty()) this.vad.pop();
    return speech;
  }

  reset(): void {
    this.vad.reset();
    while (!this.vad.isEmpty()) this.vad.pop();
    this.speechFrames = 0;
  }
}

/** Makes Silero detectors of the weights in `model`; each costs about 5 ms of CPU per second of audio. */
export class SileroVoiceDetectorFactory extends VoiceDetectorFactory {
  readonly name = 'silero-v6';
  private readonly sherpa: Sherpa;

  constructor(private readonly model: string) {
    super();
    this.sherpa = loadSherpa();
  }

  create(): VoiceDetector {
    // When speech counts as begun or ended is for the caller to decide. Not zero: sherpa takes that for
    // unset, and then holds speech for another half a second.
    const sileroVad = {
      model: this.model,
      threshold: 0.5,
      minSpeechDuration: 0.001,
      minSilenceDuration: 0.001,
      maxSpeechDuration: 3_600,
      windowSize: FRAME_SAMPLES,
    };
    const config = { sileroVad, sampleRate: SAMPLE_RATE, numThreads: 1, provider: 'cpu', debug: 0 };
    return new SileroVoiceDetector(new this.sherpa.Vad(config, BUFFER_SECONDS));
  }
}
