/** Just enough of an assembler for the few loops of `loadKernel`: https://webassembly.github.io/spec/core/binary/ */
export type Code = readonly number[];

export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

export interface WasmFunction {
  name: string;
  parameters: number[];
  /** Types of the further locals, counted on from the parameters. */
  locals: number[];
  body: Code;
}

/** A module that imports its memory as `env.memory` and exports functions without results. */
export function wasmModule(functions: WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...vector(parameters.map(one)), 0]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, 0x01];
  const exports = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const number = (value: number): Code => [0x41, ...signed(value)];
export const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const times = (a: Code, b: Code): Code => [...a, ...b, 0x6c];

/** `body` again and again while `local`, moved on by `step` after each, is below `end`; at least once. */
export function repeat(local: number, step: Code, end: Code, body: Code): Code {
  const moved = set(local, plus(get(local), step));
  return [0x03, 0x40, ...body, ...moved, ...get(local), ...end, 0x49, 0x0d, 0x00, 0x0b];
}

export const load = (at: Code, offset = 0): Code => [...at, ...simd(0x00), 4, ...unsigned(offset)];
export const loadSplat = (at: Code): Code => [...at, ...simd(0x09), 2, 0];
export const store = (at: Code, value: Code): Code => [...at, ...value, ...simd(0x0b), 4, 0];
export const storeFloat = (at: Code, value: Code): Code => [...at, ...value, 0x38, 2, 0];
export const splat = (value: Code): Code => [...value, ...simd(0x13)];
export const zero: Code = [...simd(0x0c), ...new Array<number>(16).fill(0)];
export const firstLane = (value: Code): Code => [...value, ...simd(0x1f), 0];
export const addIntegers = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xae)];
export const dotIntegers = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xba)];
export const toFloats = (value: Code): Code => [...value, ...simd(0xfa)];
export const addFloats = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe4)];
export const multiplyFloats = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe6)];
export const largerFloats = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe9)];

/** Four lanes out of the eight of `a` and `b`. */
export function lanes(a: Code, b: Code, chosen: [number, number, number, number]): Code {
  const bytes = chosen.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte));
  return [...a, ...b, ...simd(0x0d), ...bytes];
}

function simd(operation: number): Code {
  return [0xfd, ...unsigned(operation)];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: Code[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): Code {
  return vector([...Buffer.from(value)].map(one));
}

function one(value: number): Code {
  return [value];
}

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return done ? [low] : [low | 0x80, ...signed(rest)];
}
