import { readFileSync } from 'node:fs';
import { VoiceDetector, VoiceDetectorFactory } from '../voice-detector';
import { onnxConstants } from './onnx-constants';
import { SileroNetwork, silence, WINDOW_SAMPLES } from './silero-network';

const FRAME_SAMPLES = 512;
const OPENS_ABOVE = 0.5;
const CLOSES_BELOW = 0.35;
/** So many frames in a row open it, and so many close it: one alone is a click, or a stop in a word. */
const IN_A_ROW = 2;

/**
 * Silero VAD: opens above a probability of 0.5 and closes below 0.35. The windows that it looks at overlap; one is judged once 4 ms of the
 * next frame are there, as sherpa-onnx does: its decisions are these, frame by frame.
 */
class SileroVoiceDetector extends VoiceDetector {
  readonly frameSamples = FRAME_SAMPLES;
  private state = silence();
  private readonly window = new Float32Array(WINDOW_SAMPLES);
  private isFirst = true;
  private isOpen = false;
  private inARow = 0;

  constructor(private readonly network: SileroNetwork) {
    super();
  }

  isSpeech(frame: Float32Array): boolean {
    const { window } = this;
    window.set(frame.subarray(0, WINDOW_SAMPLES - FRAME_SAMPLES), FRAME_SAMPLES);
    const isFirst = this.isFirst;
    this.isFirst = false;
    if (!isFirst) this.judge(this.network.probability(window, this.state));
    window.set(frame);
    return this.isOpen;
  }

  reset(): void {
    this.state = silence();
    this.isFirst = true;
    this.isOpen = false;
    this.inARow = 0;
  }

  private judge(probability: number): void {
    if (this.isOpen) {
      // What is between the two is no reason for either.
      if (probability > OPENS_ABOVE) this.inARow = 0;
      else if (probability <= CLOSES_BELOW) this.inARow += 1;
    } else this.inARow = probability > OPENS_ABOVE ? this.inARow + 1 : 0;
    if (this.inARow < IN_A_ROW) return;
    this.isOpen = !this.isOpen;
    this.inARow = 0;
  }
}

/** Makes Silero detectors of the weights in `model`; each costs about 5 ms of CPU per second of audio, and a few kB. */
export class SileroVoiceDetectorFactory extends VoiceDetectorFactory {
  readonly name = 'silero-v6';
  private readonly network: SileroNetwork;

  /** @throws RangeError for another model */
  constructor(model: string) {
    super();
    this.network = new SileroNetwork(onnxConstants(readFileSync(model)));
  }

  create(): VoiceDetector {
    return new SileroVoiceDetector(this.network);
  }
}
