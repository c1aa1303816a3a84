import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  weightsManifest: {
    paths: string[];
    weights: { name: string; shape: number[]; dtype: string }[];
  }[];
}

/** The named numbers of a TensorFlow.js graph, as its folder holds them. */
export class Weights {
  private readonly named = new Map<string, Float32Array>();

  constructor(directory: string) {
    const file = readFileSync(join(directory, 'model.json'), 'utf8');
    for (const { paths, weights } of (JSON.parse(file) as Manifest).weightsManifest) {
      const bytes = Buffer.concat(paths.map((path) => readFileSync(join(directory, path))));
      let at = bytes.byteOffset;
      for (const { name, shape, dtype } of weights) {
        const count = shape.reduce((product, size) => product * size, 1);
        if (dtype === 'float32') this.named.set(name, new Float32Array(bytes.buffer, at, count));
        at += count * 4;
      }
    }
  }

  /** @throws Error when the folder holds another model. */
  get(name: string): Float32Array {
    const found = this.named.get(name);
    if (!found) throw new Error(`the weights lack ${name}`);
    return found;
  }
}
