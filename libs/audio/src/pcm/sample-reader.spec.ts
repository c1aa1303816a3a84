import { SampleReader, type SampleEncoding } from './sample-reader';

const read = (encoding: SampleEncoding, bytes: readonly number[], channels = 1): number[][] =>
  new SampleReader(encoding, channels).push(Uint8Array.from(bytes)).map((samples) => [...samples]);

describe('SampleReader', () => {
  it('reads 16 bit integers, one channel after the other', () => {
    expect(read('linear16', [0, 64, 0, 192, 0, 0, 0, 128], 2)).toEqual([
      [0.5, 0],
      [-0.5, -1],
    ]);
  });

  it('reads floats, and takes for silence what is none', () => {
    const bytes = Buffer.from(Float32Array.from([0.25, NaN, -Infinity, -1]).buffer);
    expect(read('linear32', [...bytes])).toEqual([[0.25, 0, 0, -1]]);
  });

  // The ends and the middle of the tables of ITU-T G.711, in 16 bits.
  it.each<[SampleEncoding, number, number]>([
    ['mulaw', 0xff, 0],
    ['mulaw', 0x7f, -0],
    ['mulaw', 0x80, 32_124],
    ['mulaw', 0x00, -32_124],
    ['mulaw', 0xef, 132],
    ['alaw', 0xd5, 8],
    ['alaw', 0x55, -8],
    ['alaw', 0xaa, 32_256],
    ['alaw', 0x2a, -32_256],
    ['alaw', 0xc5, 264],
  ])('reads %s %i as %i', (encoding, code, sample) => {
    expect(read(encoding, [code])).toEqual([[sample / 32_768]]);
  });

  it('gives the same however the bytes are cut', () => {
    const bytes = Uint8Array.from({ length: 97 }, (_, index) => (index * 37) % 256);
    const whole = new SampleReader('linear16', 3).push(bytes);
    const reader = new SampleReader('linear16', 3);
    const pieces: number[][] = [[], [], []];
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size % 5) + 1) {
      const got = reader.push(bytes.subarray(at, at + size));
      got.forEach((samples, channel) => pieces[channel]?.push(...samples));
    }
    expect(pieces).toEqual(whole.map((samples) => [...samples]));
  });
});
