import type { Meeting, ParleyClient, TimelineEntry } from '@parley/client';
import { addDocuments, beginMeeting } from '../meeting/begin-meeting';
import { readDocuments, type MeetingScript } from '../meeting/meeting-folder';
import { MeetingPlayer } from '../meeting/meeting-player';
import { readSampleMeeting, readSampleTracks, SAMPLE_FOLDER } from './sample-meeting';

export interface SampleRun {
  sample: MeetingScript;
  meeting: Meeting;
  /** Resolves once the final summary is there. */
  finished: Promise<void>;
}

/** Puts the sample's documents into the library. */
export async function addSampleDocuments(client: ParleyClient): Promise<void> {
  await addDocuments(client, await readDocuments(SAMPLE_FOLDER));
}

/** Holds the sample meeting through the audio WebSocket, at the speed at which it was spoken. */
export async function playSample(
  client: ParleyClient,
  onEntry: (entry: TimelineEntry) => void,
  signal: AbortSignal,
): Promise<SampleRun> {
  const sample = await readSampleMeeting();
  const [tracks] = await Promise.all([readSampleTracks(sample), addSampleDocuments(client)]);
  const meeting = await beginMeeting(client, sample);
  const player = new MeetingPlayer(client, meeting.id, signal);
  return { sample, meeting, finished: player.play(tracks, { speed: 1, onEntry }) };
}
