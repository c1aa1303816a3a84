import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { machineVariable } from '@parley/config';
import { BYTES_PER_MS, SAMPLE_RATE } from '../pcm/pcm';
import { DecodeError } from './decode-failure';
import { LONGEST_DECODE_MS, type DecodeBounds } from './limits';

/**
 * Decodes with the machine's own ffmpeg: no decoder for AAC that npm has may be shipped with Parley
 * (docs/adr/0010-audio-decoders.md). Not in the worker thread: ending that would leave the process and the
 * temporary file behind.
 * @throws DecodeError `needs-ffmpeg` where there is none
 */
export async function decodeWithFfmpeg(
  source: Uint8Array | string,
  bounds: DecodeBounds,
): Promise<Buffer> {
  const { signal } = bounds;
  signal?.throwIfAborted();
  if (typeof source === 'string') return run(resolve(source), bounds);
  const folder = await mkdtemp(join(tmpdir(), 'parley-audio-'));
  try {
    // A file, not a pipe: an MP4 may keep its index at the end.
    const path = join(folder, 'recording');
    await writeFile(path, source, { mode: 0o600, ...(signal ? { signal } : {}) });
    return await run(path, bounds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(path: string, { signal, longestMs }: DecodeBounds): Promise<Buffer> {
  signal?.throwIfAborted();
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
  let stopped: Error | undefined;
  const stop = (reason: Error): void => {
    stopped ??= reason;
    child.kill('SIGKILL');
  };
  const onAbort = (): void => {
    stop(signal?.reason as Error);
  };
  const timer = setTimeout(() => {
    stop(new DecodeError('too-slow'));
  }, LONGEST_DECODE_MS);
  signal?.addEventListener('abort', onAbort);
  const parts: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > longestMs * BYTES_PER_MS) stop(new DecodeError('too-long'));
    else parts.push(part);
  });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (stopped) throw stopped;
    if (code !== 0) throw new DecodeError('damaged');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing ? new DecodeError('needs-ffmpeg', { cause: error }) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
  return Buffer.concat(parts);
}
