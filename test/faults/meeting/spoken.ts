import {
  readSampleMeeting,
  readSampleTracks,
} from '../../../apps/standalone/src/demo/sample-meeting';

const BYTES_PER_MS = 32;
/** The stretch of the sample in which people decide, promise and ask. */
const FROM_MS = 74_000;
const TO_MS = 108_200;

/** What is said in every meeting of a run. */
export interface Spoken {
  participants: { name: string; email?: string; channel: string }[];
  /** 16 kHz mono s16le by channel. */
  tracks: Map<string, Buffer>;
  lengthMs: number;
}

export async function readSpoken(): Promise<Spoken> {
  const sample = await readSampleMeeting();
  const tracks = await readSampleTracks(sample);
  return {
    participants: sample.participants.map(({ audio: _, ...person }) => person),
    tracks: new Map(
      [...tracks].map(([channel, pcm]) => [
        channel,
        pcm.subarray(FROM_MS * BYTES_PER_MS, TO_MS * BYTES_PER_MS),
      ]),
    ),
    lengthMs: TO_MS - FROM_MS,
  };
}

export function slice(pcm: Buffer, startMs: number, lengthMs: number): Buffer {
  return pcm.subarray(startMs * BYTES_PER_MS, (startMs + lengthMs) * BYTES_PER_MS);
}
