import { Arena, type Region } from '../../kernel/arena';
import { loadKernel, type Kernel } from '../../kernel/kernel';
import type { OnnxConstant } from './onnx-constants';

/** What is looked at to judge a frame: 32 ms at 16 kHz, and 4 ms before them. */
export const WINDOW_SAMPLES = 576;

/** What the network remembers of one channel. */
export interface SileroState {
  /** What goes into the recurrent layer: its input, and what came out of it the last time. */
  hidden: Float32Array;
  cell: Float32Array;
}

/** The branch of the model for 16 kHz. */
const BRANCH = 'If_0_then_branch__Inline_0__';
/** Samples mirrored at the end of the window. */
const MIRRORED = 64;
const TRANSFORM = 256;
const HOP = 128;
const FRAMES = (WINDOW_SAMPLES + MIRRORED - TRANSFORM) / HOP + 1;
const BINS = TRANSFORM / 2 + 1;
const HIDDEN = 128;
const GATES = 4;
/** The kernel takes four numbers at a time. */
const LANES = 4;
const ARENA_BYTES = 2 * 1_048_576;
/** Each output of a convolution looks at three frames, beyond both ends of which there is nothing. */
const TAPS = 3;

interface ConvolutionSize {
  frames: number;
  inputs: number;
  outputs: number;
  stride: number;
}

/** The convolutions, as the model calls them. */
const ENCODER: readonly (readonly [name: string, size: ConvolutionSize])[] = [
  ['encoder.0.reparam_conv', { frames: FRAMES, inputs: BINS, outputs: 128, stride: 1 }],
  ['encoder.1.reparam_conv', { frames: FRAMES, inputs: 128, outputs: 64, stride: 2 }],
  ['encoder.2.reparam_conv', { frames: FRAMES / 2, inputs: 64, outputs: 64, stride: 2 }],
  ['encoder.3.reparam_conv', { frames: 1, inputs: 64, outputs: HIDDEN, stride: 1 }],
];

/** Where a frame is written. */
type FrameTarget = (frame: number) => Float32Array;

/**
 * Silero VAD 6 (MIT, https://github.com/snakers4/silero-vad) on the kernel's products: a Fourier transform by convolution, four
 * convolutions over time, a recurrent layer. One network serves all channels; of each there is a {@link SileroState}.
 */
export class SileroNetwork {
  private readonly arena = new Arena(ARENA_BYTES, 0, 0);
  private readonly kernel: Kernel = loadKernel(this.arena.memory);
  private readonly window = this.arena.floats(WINDOW_SAMPLES + MIRRORED);
  private readonly waves = this.arena.floats(2 * BINS);
  private readonly basis: Region<Float32Array>;
  private readonly convolutions: Convolution[] = [];
  /** Where each frame of the transform goes: to the first convolution. */
  private readonly spectrum: FrameTarget;
  private readonly recurrent: Region<Float32Array>;
  private readonly recurrentBias: Float32Array;
  private readonly heard = this.arena.floats(2 * HIDDEN);
  private readonly gates = this.arena.floats(GATES * HIDDEN);
  private readonly output: Float32Array;
  private readonly outputBias: number;

  /** @throws RangeError for another model */
  constructor(constants: ReadonlyMap<string, OnnxConstant>) {
    const read = (name: string, ...shape: number[]): Float32Array => {
      const found = constants.get(BRANCH + name);
      if (found?.shape.join() !== shape.join()) throw new RangeError(`${name} is not Silero's`);
      return found.values;
    };
    const { arena, kernel } = this;
    this.basis = arena.floats(2 * BINS * TRANSFORM);
    this.basis.values.set(read('stft.forward_basis_buffer', 2 * BINS, 1, TRANSFORM));
    // From the last to the first, for each writes where the next one reads.
    let target: FrameTarget = () => this.heard.values;
    for (const [name, size] of ENCODER.toReversed()) {
      const weights = read(`${name}.weight`, size.outputs, size.inputs, TAPS);
      const bias = read(`${name}.bias`, size.outputs);
      const convolution = new Convolution(arena, kernel, size, { weights, bias, target });
      this.convolutions.unshift(convolution);
      target = (frame) => convolution.frame(frame);
    }
    this.spectrum = target;
    const ofInput = read('decoder.rnn.weight_ih', GATES * HIDDEN, HIDDEN);
    const ofState = read('decoder.rnn.weight_hh', GATES * HIDDEN, HIDDEN);
    this.recurrent = arena.floats(GATES * HIDDEN * 2 * HIDDEN);
    for (let row = 0; row < GATES * HIDDEN; row++) {
      const [from, to] = [row * HIDDEN, (row + 1) * HIDDEN];
      this.recurrent.values.set(ofInput.subarray(from, to), 2 * from);
      this.recurrent.values.set(ofState.subarray(from, to), 2 * from + HIDDEN);
    }
    const second = read('decoder.rnn.bias_hh', GATES * HIDDEN);
    this.recurrentBias = read('decoder.rnn.bias_ih', GATES * HIDDEN).map(
      (bias, at) => bias + (second[at] ?? 0),
    );
    this.output = read('decoder.decoder.2.weight', 1, HIDDEN, 1);
    this.outputBias = read('decoder.decoder.2.bias', 1)[0] ?? 0;
  }

  /**
   * How likely there is speech in a window of {@link WINDOW_SAMPLES}, from 0 to 1.
   * @param state of the channel; it is brought up to date.
   */
  probability(window: Float32Array, state: SileroState): number {
    this.transform(window);
    for (const convolution of this.convolutions) convolution.apply();
    this.remember(state);
    let sum = this.outputBias;
    for (let at = 0; at < HIDDEN; at++) {
      sum += Math.max(0, state.hidden[at] ?? 0) * (this.output[at] ?? 0);
    }
    return sigmoid(sum);
  }

  private transform(samples: Float32Array): void {
    const { kernel, window, waves, basis } = this;
    window.values.set(samples);
    const last = WINDOW_SAMPLES - 1;
    for (let at = 0; at < MIRRORED; at++) {
      window.values[WINDOW_SAMPLES + at] = samples[last - 1 - at] ?? 0;
    }
    for (let frame = 0; frame < FRAMES; frame++) {
      const from = window.at + frame * HOP * 4;
      kernel.score(from, basis.at, TRANSFORM * 4, 2 * BINS, TRANSFORM, waves.at);
      const spectrum = this.spectrum(frame);
      for (let bin = 0; bin < BINS; bin++) {
        const [real, imaginary] = [waves.values[bin] ?? 0, waves.values[BINS + bin] ?? 0];
        // Not Math.hypot, which takes ten times as long to be right about numbers that do not occur here.
        spectrum[bin] = Math.sqrt(real * real + imaginary * imaginary);
      }
    }
  }

  /** A step of the recurrent layer (LSTM; gates as PyTorch orders them: input, forget, cell, output). */
  private remember({ hidden, cell }: SileroState): void {
    const { kernel, heard, gates, recurrent, recurrentBias } = this;
    heard.values.set(hidden, HIDDEN);
    const width = 2 * HIDDEN;
    kernel.score(heard.at, recurrent.at, width * 4, GATES * HIDDEN, width, gates.at);
    const gate = (which: number, at: number): number => {
      const row = which * HIDDEN + at;
      return (gates.values[row] ?? 0) + (recurrentBias[row] ?? 0);
    };
    for (let at = 0; at < HIDDEN; at++) {
      const kept = sigmoid(gate(1, at)) * (cell[at] ?? 0);
      const next = kept + sigmoid(gate(0, at)) * Math.tanh(gate(2, at));
      cell[at] = next;
      hidden[at] = sigmoid(gate(3, at)) * Math.tanh(next);
    }
  }
}

export function silence(): SileroState {
  return { hidden: new Float32Array(HIDDEN), cell: new Float32Array(HIDDEN) };
}

/** A convolution over time and what is below zero taken away. It owns its input: frames one after the other. */
class Convolution {
  private readonly width: number;
  private readonly input: Region<Float32Array>;
  private readonly weights: Region<Float32Array>;
  private readonly sums: Region<Float32Array>;
  private readonly views: Float32Array[];
  private readonly bias: Float32Array;
  private readonly target: FrameTarget;

  constructor(
    arena: Arena,
    private readonly kernel: Kernel,
    private readonly size: ConvolutionSize,
    {
      weights,
      bias,
      target,
    }: {
      weights: Float32Array;
      bias: Float32Array;
      /** Where each frame that comes out is written. */
      target: FrameTarget;
    },
  ) {
    const { frames, inputs, outputs } = size;
    this.bias = bias;
    this.target = target;
    this.width = Math.ceil(inputs / LANES) * LANES;
    this.input = arena.floats((frames + 2) * this.width);
    this.weights = arena.floats(outputs * TAPS * this.width);
    this.sums = arena.floats(outputs);
    for (let output = 0; output < outputs; output++) {
      for (let input = 0; input < inputs; input++) {
        for (let tap = 0; tap < TAPS; tap++) {
          const place = (output * TAPS + tap) * this.width + input;
          this.weights.values[place] = weights[(output * inputs + input) * TAPS + tap] ?? 0;
        }
      }
    }
    this.views = Array.from({ length: frames }, (_, frame) =>
      this.input.values.subarray((frame + 1) * this.width, (frame + 1) * this.width + inputs),
    );
  }

  /** Where a frame of its input is written. */
  frame(frame: number): Float32Array {
    const view = this.views[frame];
    if (!view) throw new RangeError(`there is no frame ${frame}`);
    return view;
  }

  apply(): void {
    const { kernel, input, weights, sums, bias, width } = this;
    const { frames, outputs, stride } = this.size;
    const taps = TAPS * width;
    for (let frame = 0; frame * stride < frames; frame++) {
      const from = input.at + frame * stride * width * 4;
      kernel.score(from, weights.at, taps * 4, outputs, taps, sums.at);
      const out = this.target(frame);
      for (let at = 0; at < outputs; at++) {
        out[at] = Math.max(0, (sums.values[at] ?? 0) + (bias[at] ?? 0));
      }
    }
  }
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
