import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside this package, in the repository as in the build: the page's server runs in `apps/ui` of either. */
const FOLDER = join(process.cwd(), '../standalone/sample');

/** The sample meeting as the page plays it: who is there, their recordings and the documents they talk about. */
export interface SampleMeeting {
  title: string;
  timeZone: string;
  participants: { name: string; email: string; channel: string; audio: string }[];
  documents: string[];
}

/** @returns null where the page came without it. */
export async function readSample(): Promise<SampleMeeting | null> {
  try {
    const text = await readFile(join(FOLDER, 'meeting.json'), 'utf8');
    const { title, timeZone, participants } = JSON.parse(text) as SampleMeeting;
    const documents = (await readdir(join(FOLDER, 'documents'))).sort();
    return { title, timeZone, participants, documents };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** One of the files that the sample names, and no other. */
export async function readSampleFile(path: string[]): Promise<Buffer<ArrayBuffer> | null> {
  const sample = await readSample();
  const name = path.join('/');
  if (!sample) return null;
  const known =
    sample.participants.some(({ audio }) => audio === name) ||
    sample.documents.some((document) => `documents/${document}` === name);
  return known ? readFile(join(FOLDER, name)) : null;
}
