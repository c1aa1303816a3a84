import { onnxConstants } from './onnx-constants';

/** A field of Protocol Buffers with what is given as its bytes. */
function field(number: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
}

function tensor(shape: number[], ...values: number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return Buffer.concat([field(1, Buffer.from(shape)), Buffer.from([2 * 8, 1]), field(9, raw)]);
}

function constant(name: string, value: Buffer): Buffer {
  const attribute = field(5, field(5, value));
  return field(1, Buffer.concat([field(2, name), field(4, 'Constant'), attribute]));
}

const branch = field(
  1,
  Buffer.concat([field(4, 'If'), field(5, field(6, constant('inner', tensor([2], 3, 4))))]),
);

describe('the constants of an ONNX model', () => {
  it('have their name, their shape and their numbers, wherever they start', () => {
    const graph = Buffer.concat([constant('odd', tensor([1, 3], 0.5, -1, 2)), branch]);
    expect(onnxConstants(field(7, graph))).toEqual(
      new Map([
        ['odd', { shape: [1, 3], values: Float32Array.of(0.5, -1, 2) }],
        ['inner', { shape: [2], values: Float32Array.of(3, 4) }],
      ]),
    );
  });

  it('are those of 32 bits only', () => {
    const whole = Buffer.concat([field(1, Buffer.from([1])), Buffer.from([2 * 8, 7])]);
    expect(onnxConstants(field(7, constant('whole', whole)))).toEqual(new Map());
  });

  it.each([
    ['is cut off', field(7, branch).subarray(0, 20)],
    ['is something else', Buffer.from([0x0f])],
  ])('cannot be read of what %s', (_what, bytes) => {
    expect(() => onnxConstants(bytes)).toThrow(RangeError);
  });
});
