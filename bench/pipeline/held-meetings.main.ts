import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { createParleyClient, unwrap, type ParleyClient } from '@parley/client';
import type { ServiceUrls } from '@parley/client';
import { isWholeSummary } from '@parley/contracts';
import { WebSocket } from 'ws';
import { obey } from '../measure';
import { ownCpuMs } from '../own-cpu';
import { percentile } from '../percentile';
import { spokenTrack, type SpokenTrack } from './spoken-track';

/** What came of meetings that were held side by side. */
export interface HeldMeetings {
  /** Lines, for each meeting in turn. */
  finals: number[];
  finalP50Ms: number | null;
  finalP95Ms: number | null;
  /** The median time between two provisional lines of one utterance. */
  partialEveryMs: number | null;
  /** Shed or lost, of all meetings together. */
  lostMs: number;
  /** What was sent and is in no state at all, or still pending. */
  unaccountedMs: number;
  /** The part of the time in which somebody spoke. */
  speechShare: number;
  /** What making the load, and looking on, took of the processor. */
  cpuMs: number;
}

export interface HoldOptions {
  urls: ServiceUrls;
  count: number;
  seconds: number;
  share: number;
  /** So many say different things; the others say what one of them says, at another time. */
  different: number;
}

const FRAME_MS = 100;
const BYTES_PER_MS = 32;
const DRAINED_WITHIN_MS = 45_000;
const TURNS_BETWEEN = 5;

interface Held {
  finals: number;
  latencies: number[];
  betweenPartials: number[];
  lostMs: number;
  unaccountedMs: number;
}

// Holds so many meetings in real time and says, as a line of JSON, what came of them.
async function main({ urls, count, seconds, share, different }: HoldOptions): Promise<void> {
  const client = createParleyClient({ baseUrls: urls, openSocket: (url) => new WebSocket(url) });
  const tracks = await Promise.all(
    Array.from({ length: different }, (_, nth) =>
      spokenTrack(seconds * 1_000, share, nth * TURNS_BETWEEN),
    ),
  );
  const held = await Promise.all(
    Array.from({ length: count }, async (_, nth) => {
      const track = tracks[nth % different];
      if (!track) throw new RangeError('there is nothing to say');
      // Nobody begins at the same moment.
      await wait((nth * 7_919) % 5_000);
      return hold(client, track);
    }),
  );
  const latencies = held.flatMap((one) => one.latencies);
  const result: HeldMeetings = {
    finals: held.map(({ finals }) => finals),
    finalP50Ms: percentile(latencies, 50),
    finalP95Ms: percentile(latencies, 95),
    partialEveryMs: percentile(
      held.flatMap((one) => one.betweenPartials),
      50,
    ),
    lostMs: sum(held.map(({ lostMs }) => lostMs)),
    unaccountedMs: sum(held.map(({ unaccountedMs }) => unaccountedMs)),
    speechShare: sum(tracks.map(({ speechMs }) => speechMs)) / (different * seconds * 1_000),
    cpuMs: ownCpuMs(),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function hold(client: ParleyClient, track: SpokenTrack): Promise<Held> {
  const made = client.ingestion.POST('/v1/meetings', { body: { title: 'One of many' } });
  const { id } = await unwrap(made);
  const params = { path: { id } };
  const held: Held = {
    finals: 0,
    latencies: [],
    betweenPartials: [],
    lostMs: 0,
    unaccountedMs: 0,
  };
  const sender = await client.sendAudio(id);
  const startedAt = performance.now();
  const over = new AbortController();
  const watching = watch(client, id, startedAt, held, over.signal);
  for (let atMs = 0; atMs < track.lengthMs; atMs += FRAME_MS) {
    await wait(Math.max(0, startedAt + atMs + FRAME_MS - performance.now()));
    await sender.send(track.pcm.subarray(atMs * BYTES_PER_MS, (atMs + FRAME_MS) * BYTES_PER_MS));
  }
  await sender.stop();
  const limit = setTimeout(() => {
    over.abort();
  }, DRAINED_WITHIN_MS);
  await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params }));
  await watching;
  clearTimeout(limit);
  const coverage = await unwrap(client.ingestion.GET('/v1/meetings/{id}/coverage', { params }));
  held.lostMs = coverage.shedMs + coverage.lostMs;
  held.unaccountedMs = coverage.pendingMs + Math.abs(track.lengthMs - coverage.totalMs);
  return held;
}

/** Until the summary, which waits for all that was said. */
async function watch(
  client: ParleyClient,
  id: string,
  startedAt: number,
  held: Held,
  signal: AbortSignal,
): Promise<void> {
  let last: { startMs: number; at: number } | undefined;
  for await (const { type, data } of client.subscribe(id, { signal })) {
    const at = performance.now();
    if (type === 'segment.final') {
      held.finals += 1;
      // A segment ends in the pause behind its last word.
      held.latencies.push(at - startedAt - (data.words?.at(-1)?.endMs ?? data.endMs));
    }
    if (type === 'segment.partial') {
      if (last?.startMs === data.startMs) held.betweenPartials.push(at - last.at);
      last = { startMs: data.startMs, at };
    }
    if (type === 'summary' && isWholeSummary(data)) return;
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

obey(main);
