import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { stream } from '../listen-stream';
import { obey } from '../measure';
import { spokenTrack } from './spoken-track';

export interface StreamOptions {
  /** Of asr. */
  url: string;
  count: number;
  seconds: number;
  share: number;
}

/** What came of streams side by side. */
export interface HeldStreams {
  /** Lines, for each stream in turn. */
  finals: number[];
  /** The part of the time in which somebody spoke, in the mean. */
  speechShare: number;
}

// Speaks so many streams to asr in real time, none of which asks for provisional text.
async function main({ url, count, seconds, share }: StreamOptions): Promise<void> {
  const tracks = await Promise.all(
    Array.from({ length: count }, (_, nth) => spokenTrack(seconds * 1_000, share, nth)),
  );
  const streamed = await Promise.all(
    tracks.map(async ({ pcm }, nth) => {
      // Nobody begins at the same moment.
      await wait((nth * 7_919) % 5_000);
      return stream(url, new Map([['main', pcm]]), false);
    }),
  );
  const spokenMs = tracks.reduce((sum, { speechMs }) => sum + speechMs, 0);
  const result: HeldStreams = {
    finals: streamed.map(({ finals }) => finals.length),
    speechShare: spokenMs / (count * seconds * 1_000),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

obey(main);
