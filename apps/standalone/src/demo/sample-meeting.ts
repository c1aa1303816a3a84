import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { decodeAudio } from '@parley/audio';

export interface SampleMeeting {
  title: string;
  timeZone: string;
  participants: { name: string; email?: string; channel: string; audio: string }[];
  turns: { channel: string; startMs: number; endMs: number; text: string }[];
}

export const SAMPLE_FOLDER = join(PROJECT_ROOT, 'apps/standalone/sample');

export async function readSampleMeeting(): Promise<SampleMeeting> {
  return JSON.parse(await readFile(join(SAMPLE_FOLDER, 'meeting.json'), 'utf8')) as SampleMeeting;
}

/** Each participant's own track, 16 kHz mono s16le, by channel. */
export async function readSampleTracks(meeting: SampleMeeting): Promise<Map<string, Buffer>> {
  const tracks = await Promise.all(
    meeting.participants.map(async ({ channel, audio }) => {
      const { pcm } = await decodeAudio(await readFile(join(SAMPLE_FOLDER, audio)));
      return [channel, pcm] as const;
    }),
  );
  return new Map(tracks);
}

export async function readSampleDocuments(): Promise<{ name: string; bytes: Buffer }[]> {
  const folder = join(SAMPLE_FOLDER, 'documents');
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
}
