import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { createParleyClient, unwrap, type ParleyClient } from '@parley/client';
import { isWholeSummary } from '@parley/contracts';
import { WebSocket } from 'ws';
import { obey } from '../measure';
import { spokenTrack, type SpokenTrack } from '../pipeline/spoken-track';
import type { SoakOrder, SoakReport } from './soak-options';

const FRAME_MS = 200;
const BYTES_PER_MS = 32;
/** A meeting says this again and again. */
const TRACK_MS = 300_000;
const DIFFERENT = 3;
const TURNS_BETWEEN = 7;
const DRAINED_WITHIN_MS = 300_000;

const say = (report: SoakReport): void => void process.stdout.write(`${JSON.stringify(report)}\n`);

// Holds meetings side by side, faster than in real time, and says how far they are and what came of them.
async function main(order: SoakOrder): Promise<void> {
  const client = createParleyClient({
    baseUrls: order.urls,
    openSocket: (url) => new WebSocket(url),
  });
  const tracks = await Promise.all(
    Array.from({ length: DIFFERENT }, (_, nth) =>
      spokenTrack(TRACK_MS, order.share, nth * TURNS_BETWEEN),
    ),
  );
  const held = await Promise.all(
    Array.from({ length: order.meetings }, (_, nth) => {
      const track = tracks[nth % DIFFERENT];
      if (!track) throw new RangeError('there is nothing to say');
      return hold(client, order, track, nth);
    }),
  );
  const sum = (of: (one: Held) => number): number => held.reduce((all, one) => all + of(one), 0);
  say({
    kind: 'done',
    lines: sum(({ lines }) => lines),
    lostMs: sum(({ lostMs }) => lostMs),
    unaccountedMs: sum(({ unaccountedMs }) => unaccountedMs),
  });
}

interface Held {
  lines: number;
  lostMs: number;
  unaccountedMs: number;
}

async function hold(
  client: ParleyClient,
  { hours, speed }: SoakOrder,
  track: SpokenTrack,
  nth: number,
): Promise<Held> {
  const made = client.ingestion.POST('/v1/meetings', { body: { title: `One of many, ${nth}` } });
  const { id } = await unwrap(made);
  const params = { path: { id } };
  const over = new AbortController();
  const watching = countLines(client, id, over.signal);
  const sender = await client.sendAudio(id);
  const startedAt = performance.now();
  const lengthMs = hours * 3_600_000;
  for (let atMs = 0; atMs < lengthMs; atMs += FRAME_MS) {
    await wait(Math.max(0, startedAt + (atMs + FRAME_MS) / speed - performance.now()));
    const from = (atMs % TRACK_MS) * BYTES_PER_MS;
    await sender.send(track.pcm.subarray(from, from + FRAME_MS * BYTES_PER_MS));
    if (nth === 0 && atMs % 60_000 === 0) say({ kind: 'at', minutes: atMs / 60_000 });
  }
  await sender.stop();
  const limit = setTimeout(() => {
    over.abort();
  }, DRAINED_WITHIN_MS);
  await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params }));
  const lines = await watching;
  clearTimeout(limit);
  const coverage = await settled(client, id);
  return {
    lines,
    lostMs: coverage.lostMs + coverage.shedMs,
    unaccountedMs: coverage.pendingMs + Math.abs(lengthMs - coverage.totalMs),
  };
}

/** Coverage once nothing of it is pending: who sends faster than people speak waits for asr at the end. */
async function settled(
  client: ParleyClient,
  id: string,
): Promise<{ lostMs: number; shedMs: number; pendingMs: number; totalMs: number }> {
  const params = { path: { id } };
  const until = performance.now() + DRAINED_WITHIN_MS;
  for (;;) {
    const coverage = await unwrap(client.ingestion.GET('/v1/meetings/{id}/coverage', { params }));
    if (coverage.pendingMs === 0 || performance.now() > until) return coverage;
    await wait(500);
  }
}

/** Until the summary, which waits for all that was said. */
async function countLines(client: ParleyClient, id: string, signal: AbortSignal): Promise<number> {
  let lines = 0;
  for await (const { type, data } of client.subscribe(id, { signal })) {
    if (type === 'segment.final') lines += 1;
    if (type === 'summary' && isWholeSummary(data)) break;
  }
  return lines;
}

obey(main);
