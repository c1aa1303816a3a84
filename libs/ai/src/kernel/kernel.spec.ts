import { fourfoldIndex, loadKernel, pairedIndex } from './kernel';

const PAGES = 1;

function setUp(): { memory: WebAssembly.Memory; kernel: ReturnType<typeof loadKernel> } {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  return { memory, kernel: loadKernel(memory) };
}

describe('multiply', () => {
  const [rows, depth, columns] = [4, 16, 8];
  const a = (row: number, at: number): number => ((row * 7 + at * 3) % 11) - 5;
  const w = (column: number, at: number): number => ((column * 5 + at) % 13) - 6;

  function product(floor: number): number[] {
    const { memory, kernel } = setUp();
    const left = new Int16Array(memory.buffer, 0, rows * depth);
    const right = new Int16Array(memory.buffer, 1_024, columns * depth);
    new Float32Array(memory.buffer, 2_048, rows).set([1, 2, 3, 4]);
    new Float32Array(memory.buffer, 3_072, columns).fill(0.5);
    new Float32Array(memory.buffer, 4_096, columns).fill(10);
    for (let at = 0; at < depth; at++) {
      for (let row = 0; row < rows; row++) left[pairedIndex(row, at, depth)] = a(row, at);
      for (let column = 0; column < columns; column++) {
        right[fourfoldIndex(column, at, depth)] = w(column, at);
      }
    }
    kernel.multiply(0, 2_048, 1_024, 3_072, 4_096, 5_120, rows, depth, columns, floor);
    return [...new Float32Array(memory.buffer, 5_120, rows * columns)];
  }

  function expected(floor: number): number[] {
    return Array.from({ length: rows * columns }, (_, index) => {
      const [row, column] = [Math.floor(index / columns), index % columns];
      let sum = 0;
      for (let at = 0; at < depth; at++) sum += a(row, at) * w(column, at);
      return Math.max(floor, sum * (row + 1) * 0.5 + 10);
    });
  }

  it('is the product of the matrices, scaled by row and column, with the bias of each column', () => {
    expect(product(Number.NEGATIVE_INFINITY)).toEqual(expected(Number.NEGATIVE_INFINITY));
  });

  it('goes no lower than its floor', () => {
    expect(product(0)).toEqual(expected(0));
  });
});

describe('score and mix', () => {
  it('are a query with each key, and values by their shares', () => {
    const { memory, kernel } = setUp();
    const floats = new Float32Array(memory.buffer);
    floats.set([1, 2, 3, 4, 5, 6, 7, 8]);
    // Two keys, sixteen numbers apart.
    floats.set([1, 0, 0, 0, 0, 0, 0, 1], 16);
    floats.set([0, 1, 1, 0, 0, 0, 0, 0], 32);
    kernel.score(0, 64, 64, 2, 8, 256);
    expect([...floats.slice(64, 66)]).toEqual([9, 5]);
    kernel.mix(256, 64, 64, 2, 8, 512);
    expect([...floats.slice(128, 136)]).toEqual([9, 5, 5, 0, 0, 0, 0, 9]);
  });
});
