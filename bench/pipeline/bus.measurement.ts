import {
  events,
  makeEvent,
  newId,
  segmentId,
  type Envelope,
  type MeetingId,
} from '@parley/contracts';
import { RedisEventBus } from '@parley/bus';
import { startRedisServer } from '@parley/testing';
import Redis from 'ioredis';
import type { Finding } from '../report/finding';
import type { Measurement } from './measurement';

const MESSAGES = 60_000;
const FEW_MESSAGES = 1_000;
const PUBLISHED_AT_ONCE = 500;
const BARE_BATCH = 500;
const STREAM = `parley:${events['transcript.final'].topic}`;

/** A backlog through one group, read by one consumer that does nothing with it, every message acknowledged. */
export const busMeasurement: Measurement = {
  name: 'bus',
  canBeSmall: true,
  async run(say, small) {
    const messages = small ? FEW_MESSAGES : MESSAGES;
    const redis = await startRedisServer();
    try {
      say(`Publishing ${messages} events …`);
      const publishedPerSecond = await publish(redis.url, messages);
      say('Reading them through the bus …');
      const takenPerSecond = await take(redis.url, messages);
      say('Reading them with bare commands …');
      const barePerSecond = await takeBare(redis.url, messages);
      const findings: Finding[] = [
        {
          what: 'messages taken through one group, each validated and acknowledged',
          measured: rounded(takenPerSecond),
          unit: 'a second',
          goal: { atLeast: 15_000 },
          baseline: { name: 'the bare commands, not validated', value: rounded(barePerSecond) },
          note: `one process; the bare commands ${BARE_BATCH} at a time`,
        },
        {
          what: 'messages published',
          measured: rounded(publishedPerSecond),
          unit: 'a second',
          note: `${PUBLISHED_AT_ONCE} at a time, of one process`,
        },
      ];
      return { findings, plots: [] };
    } finally {
      await redis.stop();
    }
  },
};

async function publish(url: string, messages: number): Promise<number> {
  const bus = new RedisEventBus({ url, name: 'bench' });
  const meetingId = newId<MeetingId>();
  const startedAt = performance.now();
  for (let at = 0; at < messages; at += PUBLISHED_AT_ONCE) {
    const batch = Array.from({ length: PUBLISHED_AT_ONCE }, (_, index) =>
      line(meetingId, at + index),
    );
    await bus.publish(...batch);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await bus.close();
  return messages / seconds;
}

async function take(url: string, messages: number): Promise<number> {
  const bus = new RedisEventBus({ url, name: 'bench' });
  const startedAt = performance.now();
  let taken = 0;
  await new Promise<void>((resolve, reject) => {
    bus
      .subscribe({
        group: 'bench',
        topics: ['transcript'],
        types: ['transcript.final'],
        handler: () => {
          taken += 1;
          if (taken === messages) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  await bus.close();
  const look = new Redis(url);
  const [pending] = (await look.xpending(STREAM, 'bench')) as [number];
  look.disconnect();
  if (pending > 0) throw new Error(`${pending} messages were not acknowledged`);
  return messages / seconds;
}

/** What Redis and the client library allow at most. */
async function takeBare(url: string, messages: number): Promise<number> {
  const redis = new Redis(url);
  await redis.xgroup('CREATE', STREAM, 'bare', '0');
  const startedAt = performance.now();
  let taken = 0;
  while (taken < messages) {
    const found = (await redis.xreadgroup(
      ...(['GROUP', 'bare', 'one', 'COUNT', BARE_BATCH, 'STREAMS', STREAM, '>'] as const),
    )) as [stream: string, entries: [id: string, fields: string[]][]][] | null;
    const entries = found?.[0]?.[1] ?? [];
    for (const [, fields] of entries) JSON.parse(fields.at(3) ?? 'null');
    await redis.xack(STREAM, 'bare', ...entries.map(([id]) => id));
    taken += entries.length;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  redis.disconnect();
  return messages / seconds;
}

function line(meetingId: MeetingId, ordinal: number): Envelope<'transcript.final'> {
  const segment = {
    id: segmentId(meetingId, 'main', ordinal),
    meetingId,
    channel: 'main',
    speaker: { id: 'p1', name: 'Laura' },
    startMs: ordinal * 1_000,
    endMs: ordinal * 1_000 + 900,
    text: 'We should find a date for the launch of the new plans.',
    final: true,
    revision: 0,
    engine: 'bench',
    degraded: false,
  };
  return makeEvent('transcript.final', { segment }, { meetingId });
}

function rounded(perSecond: number): number {
  return Math.round(perSecond / 100) * 100;
}
