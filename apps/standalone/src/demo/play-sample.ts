import type { Meeting, TimelineEntry } from '@parley/contracts';
import type { ParleyClient } from '../client/parley-client';
import { MeetingPlayer } from '../meeting/meeting-player';
import {
  readSampleDocuments,
  readSampleMeeting,
  readSampleTracks,
  type SampleMeeting,
} from './sample-meeting';

export interface SampleRun {
  sample: SampleMeeting;
  meeting: Meeting;
  /** Resolves once the final summary is there. */
  finished: Promise<void>;
}

/** Puts the sample's documents into the library; those that are there already stay as they are. */
export async function addSampleDocuments(client: ParleyClient): Promise<void> {
  for (const { name, bytes } of await readSampleDocuments()) {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), name);
    await client.request('rag', 'POST', '/v1/documents', form);
  }
}

/** Holds the sample meeting through the audio WebSocket, at the speed at which it was spoken. */
export async function playSample(
  client: ParleyClient,
  onEntry: (entry: TimelineEntry) => void,
  signal: AbortSignal,
): Promise<SampleRun> {
  const sample = await readSampleMeeting();
  const tracks = await readSampleTracks(sample);
  await addSampleDocuments(client);
  const meeting = await client.request<Meeting>('ingestion', 'POST', '/v1/meetings', {
    title: sample.title,
    platform: 'room',
    timeZone: sample.timeZone,
    participants: sample.participants.map(({ name, email, channel }) => ({
      name,
      channel,
      ...(email ? { email } : {}),
    })),
  });
  const player = new MeetingPlayer(client, meeting.id, signal);
  return { sample, meeting, finished: player.play(tracks, { realTime: true, onEntry }) };
}
