/* The part of TensorFlow.js that Parley uses, typed: its declarations name packages that are not installed. */

export interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

export interface Tensors {
  ready(): Promise<void>;
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  tensor1d(values: Float32Array): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  relu(a: Tensor): Tensor;
  concat(parts: Tensor[], axis: number): Tensor;
  /** Rows from `begin` on, every `strides`-th. */
  stridedSlice(a: Tensor, begin: number[], end: number[], strides: number[]): Tensor;
  tidy(work: () => Tensor): Tensor;
}

/** WebAssembly kernels of `@energetic-ai/core`: only who embeds pays for loading them. */
export function loadTensors(): Tensors {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on demand, and without usable declarations
  return require('@energetic-ai/core') as Tensors;
}
