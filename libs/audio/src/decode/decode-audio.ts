import { readFile, stat } from 'node:fs/promises';
import { ProblemError } from '@parley/contracts';
import { BYTES_PER_MS } from '../pcm/pcm';
import { decodeCompressed } from './decode-compressed';
import { DecodeError } from './decode-failure';
import { decodeWav } from './decode-wav';
import { LARGEST_AUDIO_BYTES } from './limits';
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
  options: { signal?: AbortSignal } = {},
): Promise<DecodedAudio> {
  try {
    const file = typeof source === 'string' ? await read(source) : source;
    if (file.length === 0) throw new DecodeError('empty');
    if (file.length > LARGEST_AUDIO_BYTES) throw new DecodeError('too-large');
    const wav = readWavInfo(file);
    const all = wav ? await decodeWav(file, wav) : await decodeCompressed(file, options.signal);
    const durationMs = Math.floor(all.length / BYTES_PER_MS);
    if (durationMs === 0) throw new DecodeError('empty');
    return { pcm: all.subarray(0, durationMs * BYTES_PER_MS), durationMs };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new ProblemError('unsupported-audio', error.message, { cause: error });
  }
}

async function read(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > LARGEST_AUDIO_BYTES) throw new DecodeError('too-large');
  return readFile(path);
}
