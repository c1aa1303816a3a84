import type { ParleyClient } from '@parley/client';
import { diarizationError, diarizationErrorRate } from './diarization-error';
import { hearMixed, type HeardTurn } from './mixed-meeting';
import { overlapping, overlapScore, type OverlapScore } from './overlapping';
import type { SharedRecording } from './recordings';
import { speakerWordErrorRate } from './speaker-words';
import type { SpeakersResult } from './speech-page';

const COLLAR_MS = 250;

/** How well those on one channel are told apart. */
export async function hearSpeakers(
  client: ParleyClient,
  recordings: readonly SharedRecording[],
  say: (line: string) => void,
): Promise<SpeakersResult[]> {
  const results: SpeakersResult[] = [];
  for (const recording of recordings) {
    say(`Parley tells apart who speaks in ${recording.name} …`);
    results.push(resultOf(recording, await hearMixed(client, recording.pcm)));
  }
  return results;
}

/** How well it is marked where those of a recording speak at once: they are made to fall into each other's words. */
export async function hearOverlaps(
  client: ParleyClient,
  recordings: readonly SharedRecording[],
  say: (line: string) => void,
): Promise<OverlapScore[]> {
  const scores: OverlapScore[] = [];
  for (const recording of recordings.map(overlapping)) {
    say(`Parley hears those of ${recording.name} speak at once …`);
    const heard = await hearMixed(client, recording.pcm);
    const marks = heard.flatMap(({ overlaps }) => overlaps);
    scores.push(overlapScore(recording, marks));
  }
  return scores;
}

function resultOf({ name, turns }: SharedRecording, heard: readonly HeardTurn[]): SpeakersResult {
  const said = turns.flatMap(({ who, text }) => (text === undefined ? [] : [{ who, text }]));
  const rate = (collarMs: number): number =>
    diarizationErrorRate([diarizationError(turns, heard, collarMs)]);
  const known = heard.flatMap(({ who }) => who ?? []);
  return {
    recording: name,
    speakers: new Set(turns.map(({ who }) => who)).size,
    found: new Set(known).size,
    unknown: timeOf(heard.filter(({ who }) => who === null)) / Math.max(1, timeOf(heard)),
    errorRate: rate(0),
    errorRateWithCollar: rate(COLLAR_MS),
    wordErrorRate: said.length === turns.length ? speakerWordErrorRate(said, heard) : null,
  };
}

function timeOf(turns: readonly HeardTurn[]): number {
  return turns.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}
