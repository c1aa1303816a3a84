/** What a WAV file says of itself, and where its samples are. */
export interface WavInfo {
  format: 'pcm' | 'float';
  channels: number;
  sampleRate: number;
  bitsPerSample: number;
  /** The samples' place in the file. */
  dataStart: number;
  dataEnd: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const MOST_CHANNELS = 32;
const LOWEST_RATE = 4_000;
const HIGHEST_RATE = 192_000;

/**
 * Reads the chunks of a RIFF/WAVE file.
 * @returns null when it is none, or one whose samples are neither integers nor floats
 */
export function readWavInfo(file: Uint8Array): WavInfo | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (tag(file, 0) !== 'RIFF' || tag(file, 8) !== 'WAVE') return null;
  let format: Omit<WavInfo, 'dataStart' | 'dataEnd'> | null = null;
  for (let at = 12; at + 8 <= file.length;) {
    const size = view.getUint32(at + 4, true);
    const begin = at + 8;
    if (tag(file, at) === 'fmt ' && size >= 16 && begin + size <= file.length) {
      format = readFormat(view, begin, size);
      if (!format) return null;
    } else if (tag(file, at) === 'data') {
      // Recorders that were cut off, or that stream, leave a length that is not true.
      const dataEnd = Math.min(file.length, begin + size);
      return format && { ...format, dataStart: begin, dataEnd };
    }
    at = begin + size + (size % 2);
  }
  return null;
}

function readFormat(
  view: DataView,
  at: number,
  size: number,
): Omit<WavInfo, 'dataStart' | 'dataEnd'> | null {
  const given = view.getUint16(at, true);
  const code = given === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : given;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const bitsPerSample = view.getUint16(at + 14, true);
  const widths = code === PCM ? [8, 16, 24, 32] : code === FLOAT ? [32, 64] : [];
  if (!widths.includes(bitsPerSample) || channels === 0 || channels > MOST_CHANNELS) return null;
  // What no recorder writes would only make the filters between the rates endless.
  if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) return null;
  return { format: code === FLOAT ? 'float' : 'pcm', channels, sampleRate, bitsPerSample };
}

function tag(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}

/** The samples of frames `[from, to)`, mixed down to one channel. */
export function readWavFrames(
  file: Uint8Array,
  info: WavInfo,
  from: number,
  to: number,
): Float32Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const width = info.bitsPerSample / 8;
  const read = sampleReader(view, info);
  const samples = new Float32Array(to - from);
  for (let frame = from; frame < to; frame++) {
    let sum = 0;
    for (let channel = 0; channel < info.channels; channel++) {
      sum += read(info.dataStart + (frame * info.channels + channel) * width);
    }
    samples[frame - from] = sum / info.channels;
  }
  return samples;
}

/** How many frames (one sample of each channel) the file holds. */
export function wavFrames({ dataStart, dataEnd, channels, bitsPerSample }: WavInfo): number {
  return Math.floor((dataEnd - dataStart) / (channels * (bitsPerSample / 8)));
}

function sampleReader(view: DataView, info: WavInfo): (at: number) => number {
  if (info.format === 'float') {
    return info.bitsPerSample === 64
      ? (at) => view.getFloat64(at, true)
      : (at) => view.getFloat32(at, true);
  }
  switch (info.bitsPerSample) {
    case 8:
      return (at) => (view.getUint8(at) - 128) / 128;
    case 16:
      return (at) => view.getInt16(at, true) / 2 ** 15;
    case 24:
      return (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 2 ** 23;
    default:
      return (at) => view.getInt32(at, true) / 2 ** 31;
  }
}
