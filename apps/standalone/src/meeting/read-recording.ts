import { readFile, stat } from 'node:fs/promises';
import { decodeAudio } from '@parley/audio';
import { StartError } from '../launch/start-error';
import { harmless } from '../terminal/style';

/** What was said: to be heard, or as others have heard it. */
export type Recorded = { pcm: Buffer } | { subtitles: string };

const SUBTITLES = /\.(vtt|srt)$/i;
const LARGEST_SUBTITLES_BYTES = 4_000_000;
/** Enough for three hours of any of the formats. */
const LARGEST_FILE_BYTES = 2_000_000_000;

/** A recording, or by its name a file of captions. @throws as {@link readRecording} */
export async function readRecorded(file: string): Promise<Recorded> {
  if (!SUBTITLES.test(file)) return { pcm: await readRecording(file) };
  await assertFile(file, LARGEST_SUBTITLES_BYTES, 'The captions are larger than 4 MB.');
  return { subtitles: await readFile(file, 'utf8') };
}

/** @returns 16 kHz mono s16le samples. @throws StartError; ProblemError `unsupported-audio`. */
export async function readRecording(file: string): Promise<Buffer> {
  await assertFile(file, LARGEST_FILE_BYTES, 'The recording is larger than 2 GB.');
  const { pcm } = await decodeAudio(await readFile(file));
  return pcm;
}

async function assertFile(file: string, mostBytes: number, tooLarge: string): Promise<void> {
  const { size } = await stat(file).catch(() => {
    throw new StartError(`There is no file ${harmless(file)}.`);
  });
  if (size > mostBytes) throw new StartError(tooLarge);
}
