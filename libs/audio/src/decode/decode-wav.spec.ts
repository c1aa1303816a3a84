import { ProblemError } from '@parley/contracts';
import { decodeAudio } from './decode-audio';
import { readWavInfo } from './wav';

interface WavShape {
  code?: number;
  channels?: number;
  sampleRate?: number;
  bits?: number;
  claimedLength?: number;
}

function wav(data: Buffer, shape: WavShape = {}): Buffer {
  const { code = 1, channels = 1, sampleRate = 16_000, bits = 16 } = shape;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(code, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  // A file that lies says something that fits.
  head.writeUInt32LE(((sampleRate * channels * bits) / 8) % 2 ** 32, 28);
  head.writeUInt16LE(((channels * bits) / 8) % 2 ** 16, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36);
  head.writeUInt32LE(shape.claimedLength ?? data.length, 40);
  return Buffer.concat([head, data]);
}

const half = {
  8: Buffer.from([192]),
  16: Buffer.alloc(2),
  24: Buffer.alloc(3),
  32: Buffer.alloc(4),
};
half[16].writeInt16LE(16_384);
half[24].writeIntLE(2 ** 22, 0, 3);
half[32].writeInt32LE(2 ** 30);

describe('decodeAudio of WAV', () => {
  it('gives 16 kHz mono samples back as they are', async () => {
    const pcm = Buffer.from(Int16Array.from({ length: 160 }, (_, index) => index * 3).buffer);
    await expect(decodeAudio(wav(pcm))).resolves.toEqual({ pcm, durationMs: 10 });
  });

  it.each([8, 16, 24, 32] as const)('reads %i-bit samples', async (bits) => {
    const data = Buffer.concat(Array.from({ length: 32 }, () => half[bits]));
    const { pcm } = await decodeAudio(wav(data, { bits }));
    expect(pcm.readInt16LE(0)).toBe(16_384);
  });

  it('reads floats, mixes stereo down and resamples', async () => {
    const data = Buffer.from(Float32Array.from({ length: 48_000 * 2 }, (_, i) => i % 2).buffer);
    const shape = { code: 3, bits: 32, channels: 2, sampleRate: 48_000 };
    const { pcm, durationMs } = await decodeAudio(wav(data, shape));
    expect(durationMs).toBe(1_000);
    expect(pcm.readInt16LE(16_000)).toBeCloseTo(16_384, -1);
  });

  it('takes what is there when the header promises more', async () => {
    const { durationMs } = await decodeAudio(
      wav(Buffer.alloc(3_200), { claimedLength: 0xffffffff }),
    );
    expect(durationMs).toBe(100);
  });

  it.each([
    { sampleRate: 4_294_967_291 },
    { sampleRate: 200_001 },
    { sampleRate: 1 },
    { channels: 65_535 },
  ])('refuses %o, which no recorder writes, at once', (shape) => {
    expect(readWavInfo(wav(Buffer.alloc(64), shape))).toBeNull();
  });

  it('finds the samples behind chunks that it does not know', () => {
    const plain = wav(Buffer.alloc(64));
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const longer = Buffer.concat([plain.subarray(0, 36), list, plain.subarray(36)]);
    expect(readWavInfo(longer)).toMatchObject({ dataStart: 56, dataEnd: 120 });
  });

  it.each([
    ['no bytes at all', Buffer.alloc(0)],
    ['no samples', wav(Buffer.alloc(0))],
    ['more than three hours', wav(Buffer.alloc(3 * 3_600 + 1), { bits: 8, sampleRate: 1 })],
  ])('refuses a recording with %s', async (_what, file) => {
    const refusal = await decodeAudio(file).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'unsupported-audio' });
  });
});
