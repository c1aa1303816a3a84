import { readFile, stat } from 'node:fs/promises';
import { ProblemError } from '@parley/contracts';
import { bounded } from './bounded';
import { DecodeClock } from './decode-clock';
import { DecodeError } from './decode-failure';
import { ffmpegPieces } from './ffmpeg-pieces';
import {
  LARGEST_AUDIO_BYTES,
  LONGEST_AUDIO_MS,
  type DecodeBounds,
  type DecodeOptions,
  type OpenedAudio,
  type Pieces,
} from './limits';
import { openCompressed } from './open-compressed';
import { readWavInfo } from './wav';
import { wavMs, wavPieces } from './wav-pieces';

/**
 * Opens a recording, whatever its name says: WAV, MP3, OGG/Opus, WebM (Opus), and, where the machine
 * has ffmpeg, M4A (AAC). Of what follows only so much is decoded as is asked for, so that an hour costs no
 * more memory than a second.
 * @param source the file's bytes, or its path
 * @throws ProblemError `unsupported-audio` when it is empty, too long or none of these; the pieces, when it is damaged
 */
export async function openAudio(
  source: Uint8Array | string,
  { signal, longestMs = LONGEST_AUDIO_MS }: DecodeOptions = {},
): Promise<OpenedAudio> {
  const clock = new DecodeClock(signal);
  const bounds = { signal: clock.signal, longestMs };
  try {
    const file = typeof source === 'string' ? await read(source) : source;
    if (file.length === 0) throw new DecodeError('empty');
    if (file.length > LARGEST_AUDIO_BYTES) throw new DecodeError('too-large');
    const { statedMs, pieces, close } = await clock.time(open(source, file, bounds));
    return { statedMs, pieces: explained(bounded(pieces, clock, longestMs), longestMs), close };
  } catch (error) {
    throw explain(error, longestMs);
  }
}

async function open(
  source: Uint8Array | string,
  file: Uint8Array,
  bounds: DecodeBounds,
): Promise<OpenedAudio> {
  const wav = readWavInfo(file);
  if (wav) {
    const statedMs = wavMs(wav);
    if (statedMs > bounds.longestMs) throw new DecodeError('too-long');
    return { statedMs, ...closedByEnd(wavPieces(file, wav, bounds.signal)) };
  }
  const opened = await openCompressed(file, bounds);
  if (opened.pieces) return opened;
  // AAC needs a program that Parley does not bring.
  return { ...opened, ...closedByEnd(ffmpegPieces(source, bounds.signal)) };
}

/** Of those that hold nothing before they are asked for something. */
function closedByEnd(pieces: Pieces): Pick<OpenedAudio, 'pieces' | 'close'> {
  return { pieces, close: () => pieces.return().then(() => undefined) };
}

async function read(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > LARGEST_AUDIO_BYTES) throw new DecodeError('too-large');
  return readFile(path);
}

async function* explained(pieces: Pieces, longestMs: number): Pieces {
  try {
    yield* pieces;
  } catch (error) {
    throw explain(error, longestMs);
  }
}

function explain(error: unknown, longestMs: number): unknown {
  if (!(error instanceof DecodeError)) return error;
  const detail =
    error.failure === 'too-long'
      ? `The recording is longer than ${inWords(longestMs)}: cut it into parts.`
      : error.message;
  return new ProblemError('unsupported-audio', detail, { cause: error });
}

function inWords(ms: number): string {
  const minutes = ms / 60_000;
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${Number(count.toFixed(1))} ${unit}${count === 1 ? '' : 's'}`;
}
