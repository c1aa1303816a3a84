import { BYTES_PER_MS } from '../pcm/pcm';
import type { DecodeOptions } from './limits';
import { openAudio } from './open-audio';

export interface DecodedAudio {
  /** 16 kHz mono s16le, whole milliseconds. */
  pcm: Buffer;
  durationMs: number;
}

/**
 * Decodes a recording as a whole, as {@link openAudio} opens it.
 * @throws ProblemError `unsupported-audio` when it is empty, damaged, too long or none of the formats
 */
export async function decodeAudio(
  source: Uint8Array | string,
  options: DecodeOptions = {},
): Promise<DecodedAudio> {
  const { pieces, close } = await openAudio(source, options);
  const parts: Buffer[] = [];
  try {
    for await (const piece of pieces) parts.push(piece);
  } finally {
    await close();
  }
  const pcm = Buffer.concat(parts);
  return { pcm, durationMs: pcm.length / BYTES_PER_MS };
}
