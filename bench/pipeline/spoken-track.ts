import { readSampleMeeting, readSampleTracks } from '../../apps/standalone/src/demo/sample-meeting';

const BYTES_PER_MS = 32;

/** Somebody who speaks for so much of the time: the sample's turns, one after the other, with pauses between. */
export interface SpokenTrack {
  /** 16 kHz mono s16le. */
  pcm: Buffer;
  lengthMs: number;
  /** Milliseconds in which there is speech. */
  speechMs: number;
}

/** Decoding them costs more than what is measured: once for all. */
let decoded: ReturnType<typeof readSampleTracks> | undefined;

/**
 * @param share of the time in which somebody speaks, above 0 and below 1
 * @param beginWith the turn of the sample that it begins with, so that not everybody says the same at a time
 */
export async function spokenTrack(
  lengthMs: number,
  share: number,
  beginWith = 0,
): Promise<SpokenTrack> {
  const sample = await readSampleMeeting();
  const tracks = await (decoded ??= readSampleTracks(sample));
  const turns = [...sample.turns.slice(beginWith), ...sample.turns.slice(0, beginWith)];
  const parts: Buffer[] = [];
  let speechMs = 0;
  let atMs = 0;
  for (const { channel, startMs, endMs } of turns) {
    const turn = tracks.get(channel)?.subarray(startMs * BYTES_PER_MS, endMs * BYTES_PER_MS);
    if (!turn) throw new Error(`the sample has no track ${channel}`);
    const pauseMs = Math.round(((endMs - startMs) * (1 - share)) / share);
    if (atMs + endMs - startMs + pauseMs > lengthMs) continue;
    parts.push(Buffer.alloc(pauseMs * BYTES_PER_MS), turn);
    speechMs += endMs - startMs;
    atMs += endMs - startMs + pauseMs;
  }
  parts.push(Buffer.alloc((lengthMs - atMs) * BYTES_PER_MS));
  return { pcm: Buffer.concat(parts), lengthMs, speechMs };
}
