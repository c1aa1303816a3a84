import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../launch/start-error';
import { readRecording } from './read-recording';

/** A meeting that was recorded with a track for each participant: `meeting.json`, and beside it what it names. */
const meetingScript = z.object({
  title: z.string().min(1),
  startsAt: z.string().exactOptional(),
  timeZone: z.string().exactOptional(),
  participants: z
    .array(
      z.object({
        name: z.string().min(1),
        email: z.string().exactOptional(),
        channel: z.string().min(1),
        audio: z.string().min(1),
      }),
    )
    .min(1),
  /** What was really said, where that is known. */
  turns: z
    .array(
      z.object({ channel: z.string(), startMs: z.number(), endMs: z.number(), text: z.string() }),
    )
    .default([]),
});

export type MeetingScript = z.infer<typeof meetingScript>;

/** @throws StartError when there is none, or it is not what such a file is. */
export async function readScript(folder: string): Promise<MeetingScript> {
  const path = join(folder, 'meeting.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new StartError(`There is no meeting.json in ${folder}.`);
  });
  try {
    return meetingScript.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const why = issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is no JSON';
    throw new StartError(`${path} is not a recorded meeting: ${why}.`, { cause: error });
  }
}

/** Each participant's own track, 16 kHz mono s16le, by channel. */
export async function readTracks(
  folder: string,
  { participants }: MeetingScript,
): Promise<Map<string, Buffer>> {
  const tracks = await Promise.all(
    participants.map(
      async ({ channel, audio }) => [channel, await readRecording(join(folder, audio))] as const,
    ),
  );
  return new Map(tracks);
}

/** What lies in `documents/`, if there is such a folder. */
export async function readDocuments(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const documents = join(folder, 'documents');
  const names = await readdir(documents).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => ({ name, bytes: await readFile(join(documents, name)) })),
  );
}
