import { readFile, stat } from 'node:fs/promises';
import { ProblemError } from '@parley/contracts';
import { BYTES_PER_MS } from '../pcm/pcm';
import { decodeCompressed } from './decode-compressed';
import { DecodeError } from './decode-failure';
import { decodeWithFfmpeg } from './decode-with-ffmpeg';
import { decodeWav } from './decode-wav';
import {
  LARGEST_AUDIO_BYTES,
  LONGEST_AUDIO_MS,
  type DecodeBounds,
  type DecodeOptions,
} from './limits';
import { readWavInfo } from './wav';

export interface DecodedAudio {
  /** 16 kHz mono s16le, whole milliseconds. */
  pcm: Buffer;
  durationMs: number;
}

/**
 * Decodes a recording, whatever its name says: WAV, MP3, OGG/Opus, WebM (Opus), and, where the machine
 * has ffmpeg, M4A (AAC).
 * @param source the file's bytes, or its path
 * @throws ProblemError `unsupported-audio` when it is empty, damaged, too long or none of these
 */
export async function decodeAudio(
  source: Uint8Array | string,
  { signal, longestMs = LONGEST_AUDIO_MS }: DecodeOptions = {},
): Promise<DecodedAudio> {
  const bounds = { signal, longestMs };
  try {
    const file = typeof source === 'string' ? await read(source) : source;
    if (file.length === 0) throw new DecodeError('empty');
    if (file.length > LARGEST_AUDIO_BYTES) throw new DecodeError('too-large');
    const wav = readWavInfo(file);
    const all = wav ? await decodeWav(file, wav, bounds) : await compressed(source, file, bounds);
    const durationMs = Math.floor(all.length / BYTES_PER_MS);
    if (durationMs === 0) throw new DecodeError('empty');
    return { pcm: all.subarray(0, durationMs * BYTES_PER_MS), durationMs };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const detail =
      error.failure === 'too-long'
        ? `The recording is longer than ${inWords(longestMs)}: cut it into parts.`
        : error.message;
    throw new ProblemError('unsupported-audio', detail, { cause: error });
  }
}

/** AAC needs a program that Parley does not bring. */
async function compressed(
  source: Uint8Array | string,
  file: Uint8Array,
  bounds: DecodeBounds,
): Promise<Buffer> {
  try {
    return await decodeCompressed(file, bounds);
  } catch (error) {
    if (!(error instanceof DecodeError) || error.failure !== 'needs-ffmpeg') throw error;
    return decodeWithFfmpeg(source, bounds);
  }
}

async function read(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > LARGEST_AUDIO_BYTES) throw new DecodeError('too-large');
  return readFile(path);
}

function inWords(ms: number): string {
  const minutes = ms / 60_000;
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${Number(count.toFixed(1))} ${unit}${count === 1 ? '' : 's'}`;
}
