import { setTimeout as wait } from 'node:timers/promises';
import { createParleyClient, unwrap, type ParleyClient } from '@parley/client';
import { WebSocket } from 'ws';
import { filesOf, QMSUM, readRealMeetings } from '../../evaluate/understanding/real-meetings';
import { obey } from '../measure';
import { percentile } from '../percentile';
import type { CaptionedMeetings, CaptionedOrder } from './captioned-order';
import { ownCpuMs } from '../own-cpu';

/** Unit: characters. Captions are sentences; a turn may be a speech. */
const LONGEST_LINE = 300;
const TURNS_BETWEEN = 7;
const DRAINED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

interface Meeting {
  id: string;
  /** When each line was sent. */
  sentAt: number[];
  lateMs: number[];
}

// Holds meetings whose words come as text, each watched by somebody, and says at the end, as a line of JSON, what came of them.
obey(async ({ urls, meetings, seconds, linesPerMinute }: CaptionedOrder) => {
  const parley = createParleyClient({ baseUrls: urls, openSocket: (url) => new WebSocket(url) });
  const said = whatPeopleSaid();
  const held: Meeting[] = [];
  // One after the other: that a thousand begin at once is not what is measured.
  for (let nth = 0; nth < meetings; nth += 1) held.push(await begin(parley, nth));
  const over = new AbortController();
  const watching = Promise.all(held.map((meeting) => watch(parley, meeting, over.signal)));
  const everyMs = 60_000 / linesPerMinute;
  const startedAt = performance.now();
  await Promise.all(
    held.map(async (meeting, nth) => {
      // Each goes through a talk that was held; those who share one are elsewhere in it.
      const lines = said[nth % said.length] ?? [];
      const phaseMs = (nth * everyMs) / meetings;
      for (let line = 0; phaseMs + line * everyMs < seconds * 1_000; line += 1) {
        await wait(Math.max(0, startedAt + phaseMs + line * everyMs - performance.now()));
        const text = lines[(line + nth * TURNS_BETWEEN) % lines.length];
        if (text === undefined) throw new RangeError('there is nothing to say');
        await send(parley, meeting, text);
      }
    }),
  );
  const until = performance.now() + DRAINED_WITHIN_MS;
  while (missingOf(held) > 0 && performance.now() < until) await wait(LOOK_EVERY_MS);
  over.abort();
  await watching;
  const lateMs = held.flatMap((meeting) => meeting.lateMs);
  const result: CaptionedMeetings = {
    sent: held.reduce((sum, { sentAt }) => sum + sentAt.length, 0),
    missing: missingOf(held),
    lateP50Ms: percentile(lateMs, 50),
    lateP95Ms: percentile(lateMs, 95),
    cpuMs: ownCpuMs(),
  };
  process.stdout.write(JSON.stringify(result));
});

function whatPeopleSaid(): string[][] {
  const { meetings } = readRealMeetings(filesOf(QMSUM));
  return meetings.map((turns) => turns.map(({ text }) => text.slice(0, LONGEST_LINE)));
}

function missingOf(held: readonly Meeting[]): number {
  return held.reduce((sum, { sentAt, lateMs }) => sum + sentAt.length - lateMs.length, 0);
}

async function begin(parley: ParleyClient, nth: number): Promise<Meeting> {
  const body = { title: `One of many, ${nth}` };
  const { id } = await unwrap(parley.ingestion.POST('/v1/meetings', { body }));
  return { id, sentAt: [], lateMs: [] };
}

async function send(parley: ParleyClient, meeting: Meeting, text: string): Promise<void> {
  const params = { path: { id: meeting.id } };
  const body = { utterances: [{ text, id: String(meeting.sentAt.length) }] };
  meeting.sentAt.push(performance.now());
  await unwrap(parley.ingestion.POST('/v1/meetings/{id}/utterances', { params, body }));
}

async function watch(parley: ParleyClient, meeting: Meeting, signal: AbortSignal): Promise<void> {
  for await (const { type } of parley.subscribe(meeting.id, { signal })) {
    if (type !== 'segment.final') continue;
    // Lines of a channel come back in the order in which they were sent.
    const sentAt = meeting.sentAt[meeting.lateMs.length];
    if (sentAt !== undefined) meeting.lateMs.push(performance.now() - sentAt);
  }
}
