import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { CHANNEL_PATTERN, isId } from '@parley/contracts';
import { StartError } from '../launch/start-error';
import type { RecordedMeeting } from '../meeting/begin-meeting';
import { readDocuments, readScript, readTracks } from '../meeting/meeting-folder';
import { readRecording } from '../meeting/read-recording';

/** A meeting to hold again. */
export interface ReplayedMeeting extends RecordedMeeting {
  /** 16 kHz mono s16le samples by channel. */
  tracks: Map<string, Buffer>;
  documents: { name: string; bytes: Buffer }[];
}

/** Where the result of what `paths` name is kept, unless somebody says otherwise: beside it. */
export async function resultPath(paths: string[]): Promise<string> {
  const [first = ''] = paths;
  if (await isFolder(first)) return join(first, 'replay.json');
  return join(dirname(first), `${nameOf(first)}.replay.json`);
}

/**
 * Reads a folder with a `meeting.json`, or recordings, one a channel.
 * @throws StartError; ProblemError `unsupported-audio`.
 */
export async function readReplayed(paths: string[]): Promise<ReplayedMeeting> {
  const [first = '', ...others] = paths;
  if (isId(first)) {
    throw new StartError(
      'A meeting is replayed from its recordings, not by its id: name them. Where it kept its audio, its export as zip has them.',
    );
  }
  if (!(await isFolder(first))) return readRecordings(paths);
  if (others.length > 0) throw new StartError('A folder is a meeting: name nothing else with it.');
  const script = await readScript(first);
  const { title, participants, timeZone, startsAt } = script;
  return {
    title,
    participants,
    tracks: await readTracks(first, script),
    documents: await readDocuments(first),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(startsAt === undefined ? {} : { startedAt: startsAt }),
  };
}

/** Several recordings are several people's, each named by the file. */
async function readRecordings(paths: string[]): Promise<ReplayedMeeting> {
  const tracks = new Map<string, Buffer>();
  for (const path of paths) {
    const channel = paths.length === 1 ? 'main' : channelOf(path);
    if (tracks.has(channel)) {
      throw new StartError(`Two recordings are named ${channel}: they would be one channel.`);
    }
    tracks.set(channel, await readRecording(path));
  }
  const channels = paths.length === 1 ? [] : [...tracks.keys()];
  return {
    title: basename(paths[0] ?? '').slice(0, 200),
    participants: channels.map((channel) => ({ name: channel, channel })),
    tracks,
    documents: [],
  };
}

/** When a recording was last written, in the zone of this machine: the best guess at when it was spoken. */
export async function guessedStart(
  paths: string[],
): Promise<Required<Pick<RecordedMeeting, 'startedAt' | 'timeZone'>>> {
  const { mtimeMs } = await stat(paths[0] ?? '');
  return {
    startedAt: new Date(Math.min(mtimeMs, Date.now())).toISOString(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function channelOf(path: string): string {
  const channel = nameOf(path)
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .slice(0, 32);
  return CHANNEL_PATTERN.test(channel) ? channel : 'main';
}

function nameOf(path: string): string {
  return basename(path, extname(path));
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
