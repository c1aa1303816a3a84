import type { Arena, Region } from '../../kernel/arena';
import { DenseLayer } from './dense-layer';
import type { Kernel } from '../../kernel/kernel';
import type { Weights } from './weights';

/** Of a row between the layers. */
export const WIDTH = 512;
const HEADS = 4;
const HIDDEN = 1_536;
const EPSILON = 1e-6;

/** Memory that all layers use in turn. */
export interface Scratch {
  normal: Region<Float32Array>;
  wide: Region<Float32Array>;
  mixed: Region<Float32Array>;
  scores: Region<Float32Array>;
}

interface LayerOptions {
  number: number;
  /** Of a row that comes in. */
  width: number;
  scratch: Scratch;
}

/** One layer: what tokens say to each other, then what becomes of each, both added to what came in. */
export class TransformerLayer {
  private readonly width: number;
  private readonly scratch: Scratch;
  private readonly narrow: DenseLayer | undefined;
  private readonly asking: DenseLayer;
  private readonly telling: DenseLayer;
  private readonly up: DenseLayer;
  private readonly down: DenseLayer;
  private readonly norms: { scale: Float32Array; bias: Float32Array }[];

  constructor(
    private readonly kernel: Kernel,
    arena: Arena,
    weights: Weights,
    { number, width, scratch }: LayerOptions,
  ) {
    this.width = width;
    this.scratch = scratch;
    const layer = `module_apply_default/Encoder_en/KonaTransformer/Encode/Layer_${number}/TransformerLayer`;
    const joined = (name: string): Float32Array =>
      weights.get(`${layer}/${name}/ConcatPartitions/concat`);
    const kernelOf = (name: string): Float32Array =>
      weights.get(
        `module/Encoder_en/KonaTransformer/Encode/Layer_${number}/TransformerLayer/MultiheadAttention/${name}/kernel/part_0`,
      );
    const tensor = (name: string): Float32Array =>
      weights.get(
        `module_apply_default/Encoder_en/KonaTransformer/Encode/TransformerStack/Layer_${number}/TransformerLayer/FFN/${name}/Tensordot/Reshape_1`,
      );
    const dense = (
      matrix: Float32Array,
      bias: string,
      inputs: number,
      outputs: number,
    ): DenseLayer => new DenseLayer(arena, matrix, joined(bias), inputs, outputs);
    const attention = 'MultiheadAttention';
    this.narrow =
      width === WIDTH ? undefined : dense(joined('dense/kernel'), 'dense/bias', width, WIDTH);
    this.asking = dense(
      kernelOf('qkv_transform_single'),
      `${attention}/qkv_transform_single/bias`,
      width,
      3 * width,
    );
    this.telling = dense(
      kernelOf('output_transform_single'),
      `${attention}/output_transform_single/bias`,
      width,
      WIDTH,
    );
    this.up = dense(tensor('conv1'), 'FFN/conv1/bias', WIDTH, HIDDEN);
    this.down = dense(tensor('conv2'), 'FFN/conv2/bias', HIDDEN, WIDTH);
    this.norms = ['', 'FFN/'].map((part) => ({
      scale: joined(`${part}layer_prepostprocess/layer_norm/layer_norm_scale`).slice(),
      bias: joined(`${part}layer_prepostprocess/layer_norm/layer_norm_bias`).slice(),
    }));
  }

  /** @param lengths of the texts whose tokens are the rows; @param count of rows, even */
  apply(rows: Region<Float32Array>, lengths: number[], count: number): void {
    const { kernel, scratch, width } = this;
    const { normal, wide, mixed } = scratch;
    this.normalise(rows.values, count, 0, width);
    this.asking.apply(kernel, normal.values, wide, count);
    this.attend(lengths);
    if (this.narrow) {
      this.narrow.apply(kernel, rows.values, normal, count);
      rows.values.set(normal.values.subarray(0, count * WIDTH));
    }
    this.telling.apply(kernel, mixed.values, normal, count);
    this.add(rows.values, count);
    this.normalise(rows.values, count, 1, WIDTH);
    this.up.apply(kernel, normal.values, wide, count, 0);
    this.down.apply(kernel, wide.values, normal, count);
    this.add(rows.values, count);
  }

  private add(rows: Float32Array, count: number): void {
    const more = this.scratch.normal.values;
    for (let at = 0; at < count * WIDTH; at++) rows[at] = (rows[at] ?? 0) + (more[at] ?? 0);
  }

  private normalise(rows: Float32Array, count: number, which: number, width: number): void {
    const { scale, bias } = this.norms[which] as { scale: Float32Array; bias: Float32Array };
    const out = this.scratch.normal.values;
    for (let row = 0; row < count; row++) {
      const start = row * width;
      let sum = 0;
      for (let at = 0; at < width; at++) sum += rows[start + at] ?? 0;
      const mean = sum / width;
      let squares = 0;
      for (let at = 0; at < width; at++) squares += ((rows[start + at] ?? 0) - mean) ** 2;
      const factor = 1 / Math.sqrt(squares / width + EPSILON);
      for (let at = 0; at < width; at++) {
        const value = ((rows[start + at] ?? 0) - mean) * factor;
        out[start + at] = value * (scale[at] ?? 0) + (bias[at] ?? 0);
      }
    }
  }

  private attend(lengths: number[]): void {
    const { kernel, width } = this;
    const { wide, mixed, scores } = this.scratch;
    const size = width / HEADS;
    const stride = 3 * width * 4;
    const factor = 1 / Math.sqrt(size);
    let first = 0;
    for (const length of lengths) {
      for (let head = 0; head < HEADS; head++) {
        const start = wide.at + first * stride + head * size * 4;
        for (let row = 0; row < length; row++) {
          const query = start + row * stride;
          kernel.score(query, start + width * 4, stride, length, size, scores.at);
          softmax(scores.values, length, factor);
          const out = mixed.at + ((first + row) * width + head * size) * 4;
          kernel.mix(scores.at, start + 2 * width * 4, stride, length, size, out);
        }
      }
      first += length;
    }
  }
}

/** Shares that add up to 1, in place. */
function softmax(values: Float32Array, count: number, factor: number): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < count; at++) largest = Math.max(largest, values[at] ?? 0);
  let sum = 0;
  for (let at = 0; at < count; at++) {
    const share = Math.exp(((values[at] ?? 0) - largest) * factor);
    values[at] = share;
    sum += share;
  }
  for (let at = 0; at < count; at++) values[at] = (values[at] ?? 0) / sum;
}
