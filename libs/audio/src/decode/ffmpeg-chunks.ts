import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pcmToSamples, SAMPLE_RATE } from '../pcm/pcm';
import { DecodeError } from './decode-failure';
import type { DecodedChunk } from './pcm-collector';

/**
 * Decodes with the machine's own ffmpeg, in a process of its own: no decoder for AAC that npm has may be
 * shipped with Parley (docs/adr/0010-audio-decoders.md).
 * @throws DecodeError `needs-ffmpeg` where there is none
 */
export async function* ffmpegChunks(file: Uint8Array): AsyncGenerator<DecodedChunk> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-audio-'));
  try {
    // A file, not a pipe: an MP4 may keep its index at the end.
    const path = join(folder, 'recording');
    await writeFile(path, file, { mode: 0o600 });
    yield* decode(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* decode(path: string): AsyncGenerator<DecodedChunk> {
  const input = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-i', path];
  const output = ['-vn', '-f', 's16le', '-ac', '1', '-ar', String(SAMPLE_RATE), 'pipe:1'];
  const child = spawn('ffmpeg', [...input, ...output], { stdio: ['ignore', 'pipe', 'ignore'] });
  // Not awaited at once: the pipe has to be read for the process to end.
  const ended = once(child, 'close').then(
    ([code]) => code as number | null,
    (cause: unknown) => cause as Error,
  );
  try {
    let odd: Buffer = Buffer.alloc(0);
    for await (const chunk of child.stdout) {
      const bytes: Buffer = Buffer.concat([odd, chunk as Buffer]);
      const even = bytes.length - (bytes.length % 2);
      odd = bytes.subarray(even);
      yield { channelData: [pcmToSamples(bytes.subarray(0, even))], sampleRate: SAMPLE_RATE };
    }
    const end = await ended;
    if (end instanceof Error) throw new DecodeError('needs-ffmpeg', { cause: end });
    if (end !== 0) throw new DecodeError('damaged');
  } finally {
    child.kill('SIGKILL');
  }
}
