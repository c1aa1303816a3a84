import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { machineVariable } from '@parley/config';
import { SAMPLE_RATE } from '../pcm/pcm';
import { DecodeError } from './decode-failure';
import type { Pieces } from './limits';

/**
 * Decodes with the machine's own ffmpeg: no decoder for AAC that npm has may be shipped with Parley
 * (docs/adr/0010-audio-decoders.md). Not in the worker thread: ending that would leave the process and the
 * temporary file behind.
 * @throws DecodeError `needs-ffmpeg` where there is none
 */
export async function* ffmpegPieces(source: Uint8Array | string, signal: AbortSignal): Pieces {
  signal.throwIfAborted();
  if (typeof source === 'string') {
    yield* run(resolve(source), signal);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-audio-'));
  let pieces: Pieces | undefined;
  try {
    // A file, not a pipe: an MP4 may keep its index at the end.
    const path = join(folder, 'recording');
    await writeFile(path, source, { mode: 0o600, signal });
    pieces = run(path, signal);
    const first = await pieces.next();
    // It has the file open: it need not lie there, for anybody to read, as long as somebody hears it.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    if (first.done) return;
    yield first.value;
    yield* pieces;
  } finally {
    await pieces?.return();
    await rm(folder, { recursive: true, force: true });
  }
}

async function* run(path: string, signal: AbortSignal): Pieces {
  signal.throwIfAborted();
  const input = [
    '-nostdin',
    '-v',
    'error',
    '-protocol_whitelist',
    'file,pipe',
    '-i',
    `file:${path}`,
  ];
  const output = ['-vn', '-f', 's16le', '-ac', '1', '-ar', String(SAMPLE_RATE), 'pipe:1'];
  // It needs none of the process's settings, secrets least of all.
  const child = spawn('ffmpeg', [...input, ...output], {
    env: { PATH: machineVariable('PATH') },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  // Who reads its output hears of it first.
  closed.catch(() => undefined);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  signal.addEventListener('abort', kill);
  try {
    // It stops by itself while nobody takes what it wrote.
    yield* child.stdout as AsyncIterable<Buffer>;
    const [code] = await closed;
    signal.throwIfAborted();
    if (code !== 0) throw new DecodeError('damaged');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing ? new DecodeError('needs-ffmpeg', { cause: error }) : error;
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
    await closed.catch(() => undefined);
  }
}
