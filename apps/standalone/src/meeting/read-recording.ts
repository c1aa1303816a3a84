import { readFile, stat } from 'node:fs/promises';
import { decodeAudio } from '@parley/audio';
import { StartError } from '../launch/start-error';
import { harmless } from '../terminal/style';

/** Enough for three hours of any of the formats. */
const LARGEST_FILE_BYTES = 2_000_000_000;

/** @returns 16 kHz mono s16le samples. @throws StartError; ProblemError `unsupported-audio`. */
export async function readRecording(file: string): Promise<Buffer> {
  const { size } = await stat(file).catch(() => {
    throw new StartError(`There is no file ${harmless(file)}.`);
  });
  if (size > LARGEST_FILE_BYTES) throw new StartError('The recording is larger than 2 GB.');
  const { pcm } = await decodeAudio(await readFile(file));
  return pcm;
}
