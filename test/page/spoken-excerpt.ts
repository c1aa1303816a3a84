import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@parley/audio';
import { readSampleMeeting, readSampleTracks } from '../../apps/standalone/src/demo/sample-meeting';

const BYTES_PER_MS = 32;
/** So long after the last word, the engine has surely noticed that it was the last. */
const SILENCE_MS = 4_000;

/** A stretch of the sample meeting with all its voices in one recording, as a microphone on the table has them. */
export async function spokenExcerpt(fromMs: number, toMs: number): Promise<string> {
  const tracks = [...(await readSampleTracks(await readSampleMeeting())).values()];
  const mixed = Buffer.alloc((toMs - fromMs + SILENCE_MS) * BYTES_PER_MS);
  for (const track of tracks) {
    const part = track.subarray(fromMs * BYTES_PER_MS, toMs * BYTES_PER_MS);
    for (let at = 0; at + 1 < part.length; at += 2) {
      const sum = mixed.readInt16LE(at) + part.readInt16LE(at);
      mixed.writeInt16LE(Math.max(-0x8000, Math.min(0x7fff, sum)), at);
    }
  }
  const file = join(mkdtempSync(join(tmpdir(), 'parley-spoken-')), 'excerpt.wav');
  writeFileSync(file, wavFile(mixed));
  return file;
}
