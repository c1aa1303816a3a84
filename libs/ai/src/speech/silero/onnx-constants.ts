/** A tensor of 32-bit numbers that an ONNX model holds. */
export interface OnnxConstant {
  shape: number[];
  values: Float32Array;
}

/** Numbers of fields and of types in onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3). */
const MODEL = { graph: 7 };
const GRAPH = { node: 1 };
const NODE = { output: 2, type: 4, attribute: 5 };
const ATTRIBUTE = { tensor: 5, graph: 6 };
const TENSOR = { shape: 1, type: 2, raw: 9 };
const FLOAT = 1;

const VARINT = 0;
const EIGHT_BYTES = 1;
const COUNTED = 2;
const FOUR_BYTES = 5;

/** All constants of a model, those of its branches included, by the name of what they are the value of. */
export function onnxConstants(model: Buffer): Map<string, OnnxConstant> {
  const found = new Map<string, OnnxConstant>();
  for (const graph of parts(model, MODEL.graph)) collect(graph, found);
  return found;
}

function collect(graph: Buffer, found: Map<string, OnnxConstant>): void {
  for (const node of parts(graph, GRAPH.node)) {
    const isConstant = parts(node, NODE.type)[0]?.toString() === 'Constant';
    for (const attribute of parts(node, NODE.attribute)) {
      for (const branch of parts(attribute, ATTRIBUTE.graph)) collect(branch, found);
      const tensor = isConstant ? parts(attribute, ATTRIBUTE.tensor)[0] : undefined;
      const constant = tensor && readTensor(tensor);
      const name = parts(node, NODE.output)[0]?.toString();
      if (constant && name) found.set(name, constant);
    }
  }
}

/** @returns undefined for one of other numbers */
function readTensor(tensor: Buffer): OnnxConstant | undefined {
  const raw = parts(tensor, TENSOR.raw)[0];
  if (!raw || numbers(tensor, TENSOR.type)[0] !== FLOAT) return undefined;
  // A copy: what is not a multiple of four away from the beginning could not be looked at as numbers of four bytes.
  const values = new Float32Array(Uint8Array.from(raw).buffer);
  return { shape: numbers(tensor, TENSOR.shape), values };
}

function parts(message: Buffer, field: number): Buffer[] {
  return fields(message).flatMap(({ number, value }) =>
    number === field && typeof value !== 'number' ? [value] : [],
  );
}

function numbers(message: Buffer, field: number): number[] {
  return fields(message).flatMap(({ number, value }) => {
    if (number !== field) return [];
    return typeof value === 'number' ? [value] : packed(value);
  });
}

/** @throws RangeError for what is no message of Protocol Buffers */
function fields(message: Buffer): { number: number; value: number | Buffer }[] {
  const found: { number: number; value: number | Buffer }[] = [];
  const reader = new Reader(message);
  while (!reader.isAtEnd) {
    const key = reader.varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case VARINT:
        found.push({ number, value: reader.varint() });
        break;
      case EIGHT_BYTES:
        reader.take(8);
        break;
      case COUNTED:
        found.push({ number, value: reader.take(reader.varint()) });
        break;
      case FOUR_BYTES:
        reader.take(4);
        break;
      default:
        throw new RangeError('this is no ONNX model');
    }
  }
  return found;
}

function packed(value: Buffer): number[] {
  const reader = new Reader(value);
  const found: number[] = [];
  while (!reader.isAtEnd) found.push(reader.varint());
  return found;
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Right up to 2^53: shapes and lengths are smaller. */
  varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte % 128) * shift;
      if (byte < 128) return value;
    }
  }

  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('this ONNX model is cut off');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
