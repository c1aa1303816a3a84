import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resample, SAMPLE_RATE } from '@parley/audio';
import { toUnitLength } from '../../embedding/unit-vector';
import type { Stretch } from '../speaker-engine';
import { KaldiFile, kaldiTextVector, type Matrix } from './kaldi-file';
import { centre, FRAME_STEP, mfcc, MFCC_RATE, MFCC_SIZE } from './mfcc';
import { loadTensors, type Tensor, type Tensors } from './tensors';

/** What the model consists of, as its package ships it. */
export const X_VECTOR_FILES = ['final.ext.raw', 'mean.vec'] as const;

const FRAME_MS = (FRAME_STEP / MFCC_RATE) * 1_000;
/** Behind the layers that look around, one frame stands for three: neighbours are nearly alike, and it costs a third. */
const STRIDE = 3;
/** Frames that the layers need on either side of one. */
const CONTEXT = 7;
/** Less speech than this tells nothing of who it is. */
const SHORTEST_ROWS = 12;
/** A frame this much below the loudest (in the logarithm of energy) is a pause. */
const PAUSE_BELOW = 8;
const LEAST_VARIANCE = 1e-10;

interface Layer {
  weights: Tensor;
  bias: Tensor;
  /** Batch normalisation. */
  scale: Tensor;
  shift: Tensor;
  /** How many numbers it makes of a frame. */
  size: number;
}

/**
 * Kaldi's x-vector (Snyder and others, 2018): five layers of a time-delay network over MFCC, mean and deviation over a
 * stretch, and one more layer. The layers run once, however many stretches are asked for. It computes on the thread
 * that calls it.
 */
export class XVector {
  private constructor(
    private readonly tensors: Tensors,
    private readonly layers: readonly Layer[],
    private readonly last: { weights: Matrix; bias: Float32Array },
    private readonly mean: Float32Array,
  ) {}

  static async load(directory: string): Promise<XVector> {
    const [network, mean] = X_VECTOR_FILES.map((name) => join(directory, name));
    const file = new KaldiFile(await readFile(network ?? ''));
    const tensors = loadTensors();
    await tensors.ready();
    return new XVector(
      tensors,
      [1, 2, 3, 4, 5].map((number) => layer(tensors, file, `tdnn${number}`)),
      {
        weights: file.matrix('<LinearParams>', 'tdnn6.affine'),
        bias: file.vector('<BiasParams>', 'tdnn6.affine'),
      },
      kaldiTextVector(await readFile(mean ?? '', 'utf8')),
    );
  }

  get dimensions(): number {
    return this.mean.length;
  }

  /** @param samples 16 kHz mono */
  async embed(
    samples: Float32Array,
    stretches: readonly Stretch[],
  ): Promise<(Float32Array | null)[]> {
    const features = mfcc(resample(samples, SAMPLE_RATE, MFCC_RATE));
    const frames = features.length / MFCC_SIZE;
    if (frames < 2 * CONTEXT + STRIDE) return stretches.map(() => null);
    const energies = Float32Array.from(
      { length: frames },
      (_, at) => features[at * MFCC_SIZE] ?? 0,
    );
    const quiet =
      energies.reduce((most, energy) => Math.max(most, energy), -Infinity) - PAUSE_BELOW;
    const rows = await this.rows(centre(features), frames);
    const count = rows.length / this.rowSize;
    return stretches.map(({ startMs, endMs }) => {
      const chosen: number[] = [];
      for (let row = 0; row < count; row++) {
        const frame = CONTEXT + row * STRIDE;
        const within = frame * FRAME_MS >= startMs && frame * FRAME_MS < endMs;
        if (within && (energies[frame] ?? 0) >= quiet) chosen.push(row);
      }
      return chosen.length < SHORTEST_ROWS ? null : this.vector(this.statistics(rows, chosen));
    });
  }

  private get rowSize(): number {
    return this.layers.at(-1)?.size ?? 0;
  }

  /** What the fifth layer makes of every third frame. */
  private async rows(features: Float32Array, frames: number): Promise<Float32Array> {
    const { tensors, layers } = this;
    const result = tensors.tidy(() => {
      const apply = (input: Tensor, layer: Layer | undefined): Tensor => {
        if (!layer) throw new Error('there are five layers');
        const linear = tensors.add(tensors.matMul(input, layer.weights), layer.bias);
        return tensors.add(tensors.mul(tensors.relu(linear), layer.scale), layer.shift);
      };
      const slices = (
        input: Tensor,
        size: number,
        begins: number[],
        count: number,
        stride: number,
      ): Tensor =>
        tensors.concat(
          begins.map((begin) =>
            tensors.stridedSlice(
              input,
              [begin, 0],
              [begin + (count - 1) * stride + 1, size],
              [stride, 1],
            ),
          ),
          1,
        );
      const size = (number: number): number => layers[number - 1]?.size ?? 0;
      const inner = Math.floor((frames - 2 * CONTEXT - 1) / STRIDE) + 1;
      const first = apply(
        slices(
          tensors.tensor2d(features, [frames, MFCC_SIZE]),
          MFCC_SIZE,
          [0, 1, 2, 3, 4],
          frames - 4,
          1,
        ),
        layers[0],
      );
      const second = apply(slices(first, size(1), [0, 2, 4], inner + 2, STRIDE), layers[1]);
      const third = apply(slices(second, size(2), [0, 1, 2], inner, 1), layers[2]);
      return apply(apply(third, layers[3]), layers[4]);
    });
    const rows = await result.data();
    result.dispose();
    return rows;
  }

  /** Mean and standard deviation of each number over the chosen rows, which are gone through one after the other. */
  private statistics(rows: Float32Array, chosen: readonly number[]): Float32Array {
    const size = this.rowSize;
    const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
    for (const row of chosen) {
      for (let column = 0, at = row * size; column < size; column++, at++) {
        const value = rows[at] ?? 0;
        sums[column] = (sums[column] ?? 0) + value;
        squares[column] = (squares[column] ?? 0) + value * value;
      }
    }
    const statistics = new Float32Array(2 * size);
    for (let column = 0; column < size; column++) {
      const mean = (sums[column] ?? 0) / chosen.length;
      const variance = (squares[column] ?? 0) / chosen.length - mean ** 2;
      statistics[column] = mean;
      statistics[size + column] = Math.sqrt(Math.max(LEAST_VARIANCE, variance));
    }
    return statistics;
  }

  private vector(statistics: Float32Array): Float32Array | null {
    const { weights, bias } = this.last;
    return toUnitLength(
      times(weights, statistics).map((value, at) => value + (bias[at] ?? 0) - (this.mean[at] ?? 0)),
    );
  }
}

function layer(tensors: Tensors, file: KaldiFile, name: string): Layer {
  const { rows, columns, values } = file.matrix('<LinearParams>', `${name}.affine`);
  const norm = `${name}.batchnorm`;
  const means = file.vector('<StatsMean>', norm);
  const variances = file.vector('<StatsVar>', norm);
  const [epsilon, target] = [file.number('<Epsilon>', norm), file.number('<TargetRms>', norm)];
  const scale = variances.map((variance) => target / Math.sqrt(variance + epsilon));
  return {
    // Kaldi multiplies from the left; the kernel is four times as slow when it has to turn the matrix itself.
    weights: tensors.tensor2d(turned({ rows, columns, values }), [columns, rows]),
    bias: tensors.tensor1d(file.vector('<BiasParams>', `${name}.affine`)),
    scale: tensors.tensor1d(scale),
    shift: tensors.tensor1d(means.map((mean, at) => -mean * (scale[at] ?? 0))),
    size: rows,
  };
}

function turned({ rows, columns, values }: Matrix): Float32Array {
  return Float32Array.from({ length: values.length }, (_, at) => {
    return values[(at % rows) * columns + Math.floor(at / rows)] ?? 0;
  });
}

function times({ rows, columns, values }: Matrix, vector: Float32Array): Float32Array {
  const product = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += (values[row * columns + column] ?? 0) * (vector[column] ?? 0);
    }
    product[row] = sum;
  }
  return product;
}
