import { fourfoldIndex, type Kernel, pairedIndex } from '../../kernel/kernel';
import type { Arena, Region } from '../../kernel/arena';

/** So many levels of a weight on each side of 0; with those of an input, a sum of products fits 32 bits. */
const WEIGHT_LEVELS = 1_023;
const INPUT_LEVELS = 2_047;
const INPUT_LEVELS_OF_LONG = 1_023;
const LONG = 512;

/** A matrix of weights in 16 bits, with a scale for each output: the product is right to about a thousandth. */
export class DenseLayer {
  private readonly weights: Region<Int16Array>;
  private readonly scales: Region<Float32Array>;
  private readonly bias: Region<Float32Array>;
  private readonly levels: number;

  /** @param matrix `inputs` rows of `outputs` numbers; sizes are multiples of eight */
  constructor(
    private readonly arena: Arena,
    matrix: Float32Array,
    bias: Float32Array,
    private readonly inputs: number,
    private readonly outputs: number,
  ) {
    this.levels = inputs > LONG ? INPUT_LEVELS_OF_LONG : INPUT_LEVELS;
    this.weights = arena.integers(matrix.length);
    this.scales = arena.floats(outputs);
    this.bias = arena.floats(outputs);
    this.bias.values.set(bias);
    for (let output = 0; output < outputs; output++) {
      let largest = 1e-12;
      for (let input = 0; input < inputs; input++) {
        largest = Math.max(largest, Math.abs(matrix[input * outputs + output] ?? 0));
      }
      this.scales.values[output] = largest / WEIGHT_LEVELS;
      for (let input = 0; input < inputs; input++) {
        const value = (matrix[input * outputs + output] ?? 0) / largest;
        this.weights.values[fourfoldIndex(output, input, inputs)] = Math.round(
          value * WEIGHT_LEVELS,
        );
      }
    }
  }

  /** @param rows of `input`, even; @param floor no output is less */
  apply(
    kernel: Kernel,
    input: Float32Array,
    out: Region<Float32Array>,
    rows: number,
    floor = Number.NEGATIVE_INFINITY,
  ): void {
    const { arena, inputs, levels } = this;
    const { whole, scales } = arena;
    for (let row = 0; row < rows; row++) {
      const start = row * inputs;
      let largest = 1e-12;
      for (let at = start; at < start + inputs; at++) {
        const value = Math.abs(input[at] ?? 0);
        if (value > largest) largest = value;
      }
      scales.values[row] = largest / levels;
      const factor = levels / largest;
      for (let block = 0; block < inputs; block += 8) {
        const place = pairedIndex(row, block, inputs);
        for (let at = 0; at < 8; at++) {
          const value = (input[start + block + at] ?? 0) * factor;
          whole.values[place + at] = value < 0 ? value - 0.5 : value + 0.5;
        }
      }
    }
    kernel.multiply(
      whole.at,
      scales.at,
      this.weights.at,
      this.scales.at,
      this.bias.at,
      out.at,
      rows,
      inputs,
      this.outputs,
      floor,
    );
  }
}
