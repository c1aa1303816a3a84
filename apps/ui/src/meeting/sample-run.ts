'use client';

import { ParleyProblem, unwrap, type AudioSender, type ParleyClient } from '@parley/client';
import { useSyncExternalStore } from 'react';
import { CaptureError } from '@/audio/capture-error';
import { decodeSound, openSpeakers, TracksPlayer, type Track } from '@/audio/tracks-player';
import type { SampleMeeting } from '@/server/sample';

export interface SampleRun {
  meetingId: string;
  /** `failed`: nothing plays any more, and `error` says why. */
  state: 'playing' | 'ending' | 'failed';
  positionMs: number;
  lengthMs: number;
  muted: boolean;
  error?: unknown;
}

const TICK_MS = 500;

let run: SampleRun | null = null;
let player: TracksPlayer | null = null;
let ticking: ReturnType<typeof setInterval> | undefined;
const lookers = new Set<() => void>();

/** The sample that this page plays, if it does: it goes on while the person looks at other places of the page. */
export function useSampleRun(): SampleRun | null {
  return useSyncExternalStore(
    (looker) => {
      lookers.add(looker);
      return () => lookers.delete(looker);
    },
    () => run,
    () => null,
  );
}

/**
 * Begins a meeting and plays the sample into it, each participant on a channel of their own, at the speed of speech;
 * ends the meeting when all is said. Call it in the moment of a click.
 * @returns the meeting's id, once there is something to see.
 */
export async function playSample(client: ParleyClient): Promise<string> {
  if (!window.isSecureContext) throw new CaptureError('insecure');
  const context = openSpeakers();
  try {
    const sample = await read<SampleMeeting>('', (answer) => answer.json());
    const [tracks] = await Promise.all([readTracks(sample, context), addDocuments(sample, client)]);
    const body = {
      title: sample.title,
      platform: 'room' as const,
      timeZone: sample.timeZone,
      participants: sample.participants.map(({ name, email, channel }) => ({
        name,
        email,
        channel,
      })),
    };
    const { id } = await unwrap(client.ingestion.POST('/v1/meetings', { body }));
    const open = (channel: string): Promise<AudioSender> => client.sendAudio(id, { channel });
    const events = {
      onEnd: () => void stopSample(client, true),
      onFailure: (error: unknown) => {
        fail(id, error);
      },
    };
    const begun = await TracksPlayer.start(context, tracks, open, events).catch(
      async (error: unknown) => {
        // Nobody will hear or see this meeting. What is told is why.
        await endMeeting(client, id).catch(() => undefined);
        throw error;
      },
    );
    begin(id, begun);
    return id;
  } catch (error) {
    if (context.state !== 'closed') await context.close();
    throw error;
  }
}

/** @param ended nothing is left to be said: the meeting is ended, too, and its summary written. */
export async function stopSample(client: ParleyClient, ended: boolean): Promise<void> {
  const [playing, meetingId] = [player, run?.meetingId];
  silence();
  if (!playing || !meetingId) return;
  change({ state: 'ending' });
  try {
    await playing.stop();
    if (ended) await endMeeting(client, meetingId);
    leave(meetingId);
  } catch (error) {
    fail(meetingId, error);
  }
}

export function muteSample(muted: boolean): void {
  if (player) player.muted = muted;
  change({ muted });
}

function begin(meetingId: string, begun: TracksPlayer): void {
  // One at a time: another that still plays in this page falls silent, and its meeting stays as it is.
  void player?.stop().catch(() => undefined);
  clearInterval(ticking);
  player = begun;
  run = {
    meetingId,
    state: 'playing',
    positionMs: 0,
    lengthMs: begun.lengthMs,
    muted: false,
  };
  ticking = setInterval(() => {
    change({ positionMs: begun.positionMs });
  }, TICK_MS);
  tell();
}

/** Nothing of it goes on, and the page may listen in another way. */
function fail(meetingId: string, error: unknown): void {
  // Somebody ended the meeting before the sample did: nothing went wrong.
  if (error instanceof ParleyProblem && error.code === 'meeting-ended') {
    leave(meetingId);
    return;
  }
  if (run?.meetingId !== meetingId) return;
  silence();
  change({ state: 'failed', error });
}

function leave(meetingId: string): void {
  if (run?.meetingId !== meetingId) return;
  silence();
  run = null;
  tell();
}

function silence(): void {
  player = null;
  clearInterval(ticking);
}

async function endMeeting(client: ParleyClient, id: string): Promise<void> {
  await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params: { path: { id } } }));
}

function change(more: Partial<SampleRun>): void {
  if (!run) return;
  run = { ...run, ...more };
  tell();
}

function tell(): void {
  for (const looker of lookers) looker();
}

function readTracks({ participants }: SampleMeeting, context: AudioContext): Promise<Track[]> {
  return Promise.all(
    participants.map(async ({ channel, audio }) => {
      const bytes = await read(audio, (answer) => answer.arrayBuffer());
      return { channel, sound: await decodeSound(context, bytes) };
    }),
  );
}

/** What is in the library already stays as it is. */
async function addDocuments({ documents }: SampleMeeting, client: ParleyClient): Promise<void> {
  for (const name of documents) {
    await client.uploadDocument(await read(`documents/${name}`, (answer) => answer.blob()), name);
  }
}

async function read<T>(path: string, take: (answer: Response) => Promise<T>): Promise<T> {
  const answer = await fetch(`/sample${path && '/'}${path}`);
  if (!answer.ok) throw new SampleMissingError();
  return take(answer);
}

/** This page was built without the sample. */
export class SampleMissingError extends Error {}
