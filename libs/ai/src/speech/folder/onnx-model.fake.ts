/** A tiny ONNX model, written by hand: real enough for onnxruntime, small enough for a test. */
export interface SmallModel {
  metadata: Readonly<Record<string, string | number>>;
  inputs: readonly SmallTensor[];
  outputs: readonly SmallTensor[];
  constants?: readonly SmallConstant[];
  nodes: readonly SmallNode[];
}

export interface SmallTensor {
  name: string;
  type?: 'float' | 'int64' | 'int32';
  /** A name for a length that varies. */
  shape: readonly (number | string)[];
}

export interface SmallConstant {
  name: string;
  shape: readonly number[];
  /** Floats, unless `type` says else. */
  values: readonly number[];
  type?: 'float' | 'int64';
}

export interface SmallNode {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  integers?: Readonly<Record<string, number | readonly number[]>>;
}

const TYPES = { float: 1, int32: 6, int64: 7 } as const;
const INTEGER = 2;
const INTEGERS = 7;

/** The file's bytes, by the field numbers of onnx.proto. */
export function onnxFile({ metadata, inputs, outputs, constants = [], nodes }: SmallModel): Buffer {
  const graph = Buffer.concat([
    ...nodes.map((node) => bytes(1, nodeOf(node))),
    text(2, 'small'),
    ...constants.map((constant) => bytes(5, tensorOf(constant))),
    ...inputs.map((tensor) => bytes(11, valueOf(tensor))),
    ...outputs.map((tensor) => bytes(12, valueOf(tensor))),
  ]);
  return Buffer.concat([
    integer(1, 8),
    bytes(7, graph),
    bytes(8, Buffer.concat([text(1, ''), integer(2, 13)])),
    ...Object.entries(metadata).map(([key, value]) =>
      bytes(14, Buffer.concat([text(1, key), text(2, String(value))])),
    ),
  ]);
}

function nodeOf({ op, inputs, outputs, integers = {} }: SmallNode): Buffer {
  return Buffer.concat([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(integers).map(([name, value]) => {
      const single = typeof value === 'number';
      const values = single ? [integer(3, value)] : value.map((one) => integer(8, one));
      const type = integer(20, single ? INTEGER : INTEGERS);
      return bytes(5, Buffer.concat([text(1, name), ...values, type]));
    }),
  ]);
}

function tensorOf({ name, shape, values, type = 'float' }: SmallConstant): Buffer {
  const width = type === 'float' ? 4 : 8;
  const raw = Buffer.alloc(values.length * width);
  for (const [at, value] of values.entries()) {
    if (type === 'float') raw.writeFloatLE(value, at * width);
    else raw.writeBigInt64LE(BigInt(value), at * width);
  }
  return Buffer.concat([
    ...shape.map((length) => integer(1, length)),
    integer(2, TYPES[type]),
    text(8, name),
    bytes(9, raw),
  ]);
}

function valueOf({ name, type = 'float', shape }: SmallTensor): Buffer {
  const dimensions = shape.map((length) =>
    bytes(1, typeof length === 'number' ? integer(1, length) : text(2, length)),
  );
  const tensor = Buffer.concat([integer(1, TYPES[type]), bytes(2, Buffer.concat(dimensions))]);
  return Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const parts: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    parts.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...parts, rest]);
}
