/** Forms in which samples come raw, all little-endian, channels interleaved. */
export const SAMPLE_ENCODINGS = ['linear16', 'linear32', 'mulaw', 'alaw'] as const;
export type SampleEncoding = (typeof SAMPLE_ENCODINGS)[number];

interface Format {
  bytes: number;
  read(view: DataView, at: number): number;
}

const FORMATS: Record<SampleEncoding, Format> = {
  linear16: { bytes: 2, read: (view, at) => view.getInt16(at, true) / 32_768 },
  /** IEEE 754 floats; what is no number is silence. */
  linear32: { bytes: 4, read: (view, at) => finite(view.getFloat32(at, true)) },
  mulaw: { bytes: 1, read: (view, at) => MU_LAW[view.getUint8(at)] ?? 0 },
  alaw: { bytes: 1, read: (view, at) => A_LAW[view.getUint8(at)] ?? 0 },
};

/** Reads raw samples that come in pieces of any length, cut anywhere. */
export class SampleReader {
  private readonly format: Format;
  private rest: Uint8Array = new Uint8Array();

  constructor(
    encoding: SampleEncoding,
    private readonly channels: number,
  ) {
    this.format = FORMATS[encoding];
  }

  /** @returns for each channel its samples, from -1 to 1. */
  push(bytes: Uint8Array): Float32Array[] {
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const { bytes: width, read } = this.format;
    const frames = Math.floor(all.length / (width * this.channels));
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    const samples = Array.from({ length: this.channels }, () => new Float32Array(frames));
    let at = 0;
    for (let frame = 0; frame < frames; frame++) {
      for (const channel of samples) {
        channel[frame] = read(view, at);
        at += width;
      }
    }
    // A copy: the bytes belong to whoever brought them.
    this.rest = new Uint8Array(all.subarray(at));
    return samples;
  }
}

/** ITU-T G.711, µ-law: 8 bits, inverted; sign, exponent, mantissa. */
const MU_LAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const exponent = (bits >> 4) & 7;
  const magnitude = ((((bits & 0x0f) << 3) + 132) << exponent) - 132;
  return ((bits & 0x80) === 0 ? magnitude : -magnitude) / 32_768;
});

/** ITU-T G.711, A-law: 8 bits, every other one inverted; sign, exponent, mantissa. */
const A_LAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return ((bits & 0x80) === 0 ? -magnitude : magnitude) / 32_768;
});

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
