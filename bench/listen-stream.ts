import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { BYTES_PER_MS, BYTES_PER_SAMPLE } from '@parley/audio';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Arrival, Line } from './latency';

const FRAME_MS = 100;

/** What came of a stream, by when it came. */
export interface Streamed {
  drafts: Arrival<Line>[];
  finals: Arrival<Line>[];
}

const results = z.object({
  type: z.literal('Results'),
  channel_index: z.tuple([z.number(), z.number()]),
  start: z.number(),
  duration: z.number(),
  is_final: z.boolean(),
  channel: z.object({ alternatives: z.array(z.object({ transcript: z.string() })) }),
});

/**
 * Sends tracks as they would be spoken, one channel each, to `WS /v1/listen` in Deepgram's form, and notes when what of
 * it can be read.
 * @param url the service's address, http
 * @param interim whether provisional text is asked for
 */
export async function stream(
  url: string,
  tracks: ReadonlyMap<string, Buffer>,
  interim = true,
): Promise<Streamed> {
  const names = [...tracks.keys()];
  const query = new URLSearchParams({
    encoding: 'linear16',
    sample_rate: '16000',
    channels: String(names.length),
    multichannel: 'true',
    interim_results: String(interim),
    language: 'en',
  });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/listen?${query.toString()}`);
  await once(socket, 'open');
  const streamed: Streamed = { drafts: [], finals: [] };
  const startedAt = performance.now();
  socket.on('message', (data: Buffer) => {
    const message = results.safeParse(JSON.parse(data.toString('utf8')));
    if (!message.success || !message.data.channel.alternatives[0]?.transcript) return;
    const { channel_index: at, start, duration, is_final: final } = message.data;
    const value = {
      channel: names[at[0]] ?? '',
      startMs: start * 1_000,
      endMs: (start + duration) * 1_000,
    };
    const arrival = { atMs: performance.now() - startedAt, value };
    (final ? streamed.finals : streamed.drafts).push(arrival);
  });
  const closed = once(socket, 'close');
  const pcm = interleaved([...tracks.values()]);
  const frameBytes = FRAME_MS * BYTES_PER_MS * names.length;
  for (let frame = 0; frame * frameBytes < pcm.length; frame++) {
    // Nothing is sent before it would have been spoken.
    await wait(Math.max(0, (frame + 1) * FRAME_MS - (performance.now() - startedAt)));
    socket.send(pcm.subarray(frame * frameBytes, (frame + 1) * frameBytes));
  }
  socket.send(JSON.stringify({ type: 'CloseStream' }));
  await closed;
  return streamed;
}

/** The first sample of each track, the second of each, …; shorter ones end in silence. */
function interleaved(tracks: readonly Buffer[]): Buffer {
  const length = Math.max(...tracks.map((track) => track.length));
  const all = Buffer.alloc(length * tracks.length);
  for (const [channel, track] of tracks.entries()) {
    for (let at = 0; at + 1 < track.length; at += BYTES_PER_SAMPLE) {
      all.writeInt16LE(track.readInt16LE(at), at * tracks.length + channel * BYTES_PER_SAMPLE);
    }
  }
  return all;
}
