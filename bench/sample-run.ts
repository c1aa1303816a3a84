import { BYTES_PER_MS } from '@parley/audio';
import {
  unwrap,
  type Coverage,
  type ParleyClient,
  type Segment,
  type Suggestion,
  type Summary,
} from '@parley/client';
import { addSampleDocuments } from '../apps/standalone/src/demo/play-sample';
import { readSampleMeeting, readSampleTracks } from '../apps/standalone/src/demo/sample-meeting';
import { beginMeeting } from '../apps/standalone/src/meeting/begin-meeting';
import { MeetingPlayer } from '../apps/standalone/src/meeting/meeting-player';
import type { Arrival, Turn } from './latency';

const LIMIT_MS = 300_000;

export interface SampleResult {
  turns: Turn[];
  audioMs: number;
  partials: Arrival<Segment>[];
  finals: Arrival<Segment>[];
  suggestions: Arrival<Suggestion>[];
  summary: Summary;
  /** From the end of the audio to the final summary. */
  summaryMs: number;
  coverage: Coverage;
}

/** How much of the sample is played, and how much faster than in real time: all of it, as it is spoken. */
export interface SampleOptions {
  lengthMs?: number;
  speed?: number;
}

/** Plays the sample and notes when each thing came back. */
export async function runSample(
  client: ParleyClient,
  onSecond: (second: number, seconds: number) => void,
  { lengthMs = Infinity, speed = 1 }: SampleOptions = {},
): Promise<SampleResult> {
  const sample = await readSampleMeeting();
  const whole = await readSampleTracks(sample);
  const tracks = new Map(
    [...whole].map(([channel, pcm]) => [channel, pcm.subarray(0, lengthMs * BYTES_PER_MS)]),
  );
  await addSampleDocuments(client);
  const { id } = await beginMeeting(client, sample);

  const partials: Arrival<Segment>[] = [];
  const finals: Arrival<Segment>[] = [];
  const suggestions: Arrival<Suggestion>[] = [];
  let summary: Arrival<Summary> | undefined;
  // When the first sample was spoken: the earliest beginning that any frame's position points back to.
  let spokenFrom = Number.POSITIVE_INFINITY;
  let audioMs = 0;

  const player = new MeetingPlayer(client, id, AbortSignal.timeout(LIMIT_MS));
  await player.play(tracks, {
    speed,
    onProgress: (doneMs, totalMs) => {
      spokenFrom = Math.min(spokenFrom, performance.now() - doneMs);
      audioMs = totalMs;
      if (doneMs % 1_000 === 0) onSecond(doneMs / 1_000, Math.round(totalMs / 1_000));
    },
    onEntry: ({ type, data }) => {
      const atMs = performance.now() - spokenFrom;
      if (type === 'segment.partial') partials.push({ atMs, value: data });
      if (type === 'segment.final') finals.push({ atMs, value: data });
      if (type === 'suggestion') suggestions.push({ atMs, value: data });
      if (type === 'summary') summary = { atMs, value: data };
    },
  });
  if (!summary) throw new Error('The sample ended without a summary.');
  const coverage = await unwrap(
    client.ingestion.GET('/v1/meetings/{id}/coverage', { params: { path: { id } } }),
  );
  return {
    turns: sample.turns,
    audioMs,
    partials,
    finals,
    suggestions,
    summary: summary.value,
    summaryMs: summary.atMs - audioMs,
    coverage,
  };
}
