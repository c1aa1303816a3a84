import type {} from './webassembly';
import * as wasm from './wasm-module';
import { F32, get, I32, number, plus, set, times, V128, type Code } from './wasm-module';

/** Loops over vectors of four or eight numbers at a time, on one memory. Pointers count bytes. */
export interface Kernel {
  /**
   * `out[row][column] = max(floor, rowScale[row] * columnScale[column] * (a[row] · w[column]) + bias[column])`
   * with 16-bit `a` and `w`, in the order of {@link pairedIndex} and {@link fourfoldIndex}.
   */
  multiply(
    a: number,
    rowScale: number,
    w: number,
    columnScale: number,
    bias: number,
    out: number,
    rows: number,
    depth: number,
    columns: number,
    floor: number,
  ): void;
  /** `out[key] = query · keys[key]`; keys stand `stride` bytes apart. */
  score(
    query: number,
    keys: number,
    stride: number,
    count: number,
    size: number,
    out: number,
  ): void;
  /** `out = Σ shares[key] * values[key]`. */
  mix(
    shares: number,
    values: number,
    stride: number,
    count: number,
    size: number,
    out: number,
  ): void;
}

/** Where element `at` of `row` stands when eight of one row and eight of the next take turns. */
export function pairedIndex(row: number, at: number, depth: number): number {
  return (row >> 1) * 2 * depth + (at >> 3) * 16 + (row & 1) * 8 + (at & 7);
}

/** The same for four columns. */
export function fourfoldIndex(column: number, at: number, depth: number): number {
  return (column >> 2) * 4 * depth + (at >> 3) * 32 + (column & 3) * 8 + (at & 7);
}

export function loadKernel(memory: WebAssembly.Memory): Kernel {
  const module = new WebAssembly.Module(wasm.wasmModule([multiply(), score(), mix()]));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel;
}

function multiply(): wasm.WasmFunction {
  const [a, rowScale, w, columnScale, bias, out, rows, depth, columns, floor] = indices(10);
  const [column, row, left, right, leftEnd, target, weights] = indices(7, 10);
  const sums = indices(8, 17);
  const [first, second, piece] = indices(3, 25);
  const products = [0, 1, 2, 3].flatMap((each) => [
    ...set(piece, wasm.load(get(right), each * 16)),
    ...[first, second].flatMap((half, index) => {
      const sum = at(sums, index * 4 + each);
      return set(sum, wasm.addIntegers(get(sum), wasm.dotIntegers(get(half), get(piece))));
    }),
  ]);
  const steps = [
    ...set(first, wasm.load(get(left))),
    ...set(second, wasm.load(get(left), 16)),
    ...products,
    ...set(right, plus(get(right), number(64))),
  ];
  const finish = (index: number): Code => {
    const own = sums.slice(index * 4, index * 4 + 4).map(get) as [Code, Code, Code, Code];
    const scale = wasm.loadSplat(
      plus(get(rowScale), times(plus(get(row), number(index)), number(4))),
    );
    const byColumn = (pointer: number): Code =>
      wasm.load(plus(get(pointer), times(get(column), number(4))));
    const value = wasm.addFloats(
      wasm.multiplyFloats(
        wasm.multiplyFloats(wasm.toFloats(sumOfEach(own)), byColumn(columnScale)),
        scale,
      ),
      byColumn(bias),
    );
    const place = plus(get(target), times(times(get(columns), number(4)), number(index)));
    return wasm.store(place, wasm.largerFloats(value, wasm.splat(get(floor))));
  };
  const pair = [
    ...sums.flatMap((sum) => set(sum, wasm.zero)),
    ...set(right, get(weights)),
    ...set(leftEnd, plus(get(left), times(get(depth), number(4)))),
    ...wasm.repeat(left, number(32), get(leftEnd), steps),
    ...set(
      target,
      plus(get(out), times(plus(times(get(row), get(columns)), get(column)), number(4))),
    ),
    ...finish(0),
    ...finish(1),
  ];
  const four = [
    ...set(left, get(a)),
    ...set(row, number(0)),
    ...wasm.repeat(row, number(2), get(rows), pair),
    ...set(weights, plus(get(weights), times(get(depth), number(8)))),
  ];
  return {
    name: 'multiply',
    parameters: [...new Array<number>(9).fill(I32), F32],
    locals: [...new Array<number>(7).fill(I32), ...new Array<number>(11).fill(V128)],
    body: [...set(weights, get(w)), ...wasm.repeat(column, number(4), get(columns), four)],
  };
}

function score(): wasm.WasmFunction {
  const [query, keys, stride, count, size, out] = indices(6);
  const [end, left, right, sum] = [...indices(3, 6), 9] as [number, number, number, number];
  const product = wasm.multiplyFloats(wasm.load(get(left)), wasm.load(get(right)));
  const turned = (chosen: [number, number, number, number]): Code =>
    wasm.addFloats(get(sum), wasm.lanes(get(sum), get(sum), chosen));
  const key = [
    ...set(sum, wasm.zero),
    ...set(left, get(query)),
    ...set(right, get(keys)),
    ...wasm.repeat(left, number(16), plus(get(query), times(get(size), number(4))), [
      ...set(sum, wasm.addFloats(get(sum), product)),
      ...set(right, plus(get(right), number(16))),
    ]),
    ...set(sum, turned([2, 3, 0, 1])),
    ...set(sum, turned([1, 0, 3, 2])),
    ...wasm.storeFloat(get(out), wasm.firstLane(get(sum))),
    ...set(keys, plus(get(keys), get(stride))),
  ];
  return {
    name: 'score',
    parameters: new Array<number>(6).fill(I32),
    locals: [I32, I32, I32, V128],
    body: [
      ...set(end, plus(get(out), times(get(count), number(4)))),
      ...wasm.repeat(out, number(4), get(end), key),
    ],
  };
}

function mix(): wasm.WasmFunction {
  const [shares, values, stride, count, size, out] = indices(6);
  const [end, share, value, sum] = [...indices(3, 6), 9] as [number, number, number, number];
  const sharesEnd = plus(get(shares), times(get(count), number(4)));
  const product = wasm.multiplyFloats(wasm.loadSplat(get(share)), wasm.load(get(value)));
  const four = [
    ...set(sum, wasm.zero),
    ...set(share, get(shares)),
    ...set(value, get(values)),
    ...wasm.repeat(share, number(4), sharesEnd, [
      ...set(sum, wasm.addFloats(get(sum), product)),
      ...set(value, plus(get(value), get(stride))),
    ]),
    ...wasm.store(get(out), get(sum)),
    ...set(values, plus(get(values), number(16))),
  ];
  return {
    name: 'mix',
    parameters: new Array<number>(6).fill(I32),
    locals: [I32, I32, I32, V128],
    body: [
      ...set(end, plus(get(out), times(get(size), number(4)))),
      ...wasm.repeat(out, number(16), get(end), four),
    ],
  };
}

/** Of four vectors of four integers, the four sums. */
function sumOfEach([a, b, c, d]: [Code, Code, Code, Code]): Code {
  const halves = (x: Code, y: Code): Code =>
    wasm.addIntegers(wasm.lanes(x, y, [0, 4, 1, 5]), wasm.lanes(x, y, [2, 6, 3, 7]));
  const [ab, cd] = [halves(a, b), halves(c, d)];
  return wasm.addIntegers(wasm.lanes(ab, cd, [0, 1, 4, 5]), wasm.lanes(ab, cd, [2, 3, 6, 7]));
}

function indices(
  count: number,
  from = 0,
): number[] & Record<0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9, number> {
  return Array.from({ length: count }, (_, index) => from + index) as never;
}

function at(locals: number[], index: number): number {
  return locals[index] ?? 0;
}
