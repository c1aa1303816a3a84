import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAudio, pcmToSamples, samplesToPcm } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';

const SAMPLE = join(PROJECT_ROOT, 'apps/standalone/sample');

export interface Turn {
  channel: string;
  text: string;
  startMs: number;
  endMs: number;
}

/** Four people's tracks, as one microphone would have heard them. */
export async function sampleInOne(): Promise<{ turns: Turn[]; mixed: Buffer }> {
  const script = JSON.parse(readFileSync(join(SAMPLE, 'meeting.json'), 'utf8')) as {
    turns: Turn[];
    participants: { audio: string }[];
  };
  const tracks = await Promise.all(
    script.participants.map(async ({ audio }) => {
      return pcmToSamples((await decodeAudio(join(SAMPLE, audio))).pcm);
    }),
  );
  const length = Math.max(...tracks.map((track) => track.length));
  const sum = Float32Array.from({ length }, (_, at) =>
    tracks.reduce((total, track) => total + (track[at] ?? 0), 0),
  );
  return { turns: script.turns, mixed: samplesToPcm(sum) };
}
