import { randomBytes } from 'node:crypto';
import { openBlobs } from '@parley/blobs';
import { RedisEventBus } from '@parley/bus';
import { unwrap } from '@parley/client';
import { makeEvent, newId, segmentId, type MeetingId } from '@parley/contracts';
import { eventually } from '../../test/harness/eventually';
import type { RunningSystem } from '../pipeline/running-system';

export interface LongMeeting {
  id: MeetingId;
  /** What there was of it, in words for the page. */
  about: string;
}

const LINE_MS = 3_000;
const REVISED_EVERY = 10;
const PART_MS = 10_000;
const BYTES_PER_MS = 32;
const CHANNELS = ['ann', 'ben'];
const MINUTES = 60_000;

const SAID = [
  'We agreed that the launch moves to the second week of March.',
  'Ann will send the revised offer to the customer by Friday.',
  'How many hotel nights does the travel policy allow in a month?',
  'The budget for the pilot is forty thousand euros, as far as I know.',
  'Let us look at the numbers of the last quarter before we go on.',
  'I think that the new page loads about twice as fast as the old one.',
  'Could you write to Thomas about the contract for the warehouse?',
  'Nobody has tested that on the older telephones, have they?',
];

/**
 * A meeting of so many lines, as it stands everywhere once it has ended: what asr writes is put into its tables and on the
 * bus; all that follows from it the services make themselves. Its recording is what two channels keep.
 */
export async function holdLongMeeting(
  system: RunningSystem,
  blobSettings: { BLOBS_DIR: string; BLOBS_KEY: string },
  lines: number,
  say: (line: string) => void,
): Promise<LongMeeting> {
  const body = {
    title: 'Two hours',
    keepAudio: true,
    participants: [
      { name: 'Ann', channel: 'ann' },
      { name: 'Ben', channel: 'ben' },
    ],
  };
  const meeting = await unwrap(system.client.ingestion.POST('/v1/meetings', { body }));
  const id = meeting.id as MeetingId;
  const events = speak(id, lines);
  await writeAsAsr(system, id, events);
  const bus = new RedisEventBus({ url: system.redis.url, name: 'the bench' });
  try {
    for (let at = 0; at < events.length; at += 100) {
      await bus.publish(...events.slice(at, at + 100));
      await settled(bus, 500);
    }
    say('every line is published; the services work them off …');
    await settled(bus, 0);
    const params = { path: { id } };
    await unwrap(system.client.ingestion.POST('/v1/meetings/{id}/end', { params }));
    await settled(bus, 0);
  } finally {
    await bus.close();
  }
  await record(system, id, lines, blobSettings);
  await eventually('it is indexed', 10 * MINUTES, async () => {
    const { rows } = await system.database.query<{ waiting: number }>(
      `SELECT count(*) FILTER (WHERE embedding IS NULL)::int AS waiting FROM rag.chunks
       WHERE meeting_id = $1 HAVING count(*) > 0`,
      [id],
    );
    return rows[0]?.waiting === 0 || undefined;
  });
  return { id, about: await describe(system, id) };
}

/** Finals, and every tenth once more, corrected. */
function speak(id: MeetingId, lines: number) {
  return Array.from({ length: lines }, (_, nth) => {
    const channel = CHANNELS[nth % CHANNELS.length] ?? 'ann';
    const segment = (revision: number) => ({
      id: segmentId(id, channel, nth),
      meetingId: id,
      channel,
      speaker: { id: channel, name: channel },
      startMs: nth * LINE_MS,
      endMs: (nth + 1) * LINE_MS - 200,
      text: `${SAID[nth % SAID.length] ?? ''} That was point ${nth}${revision > 0 ? ', really' : ''}.`,
      final: true,
      revision,
      engine: 'the bench',
      degraded: false,
    });
    const revisions = nth % REVISED_EVERY === 0 ? [0, 1] : [0];
    return revisions.map((revision) =>
      makeEvent('transcript.final', { segment: segment(revision) }, { meetingId: id }),
    );
  }).flat();
}

async function writeAsAsr(
  { database }: RunningSystem,
  id: MeetingId,
  events: ReturnType<typeof speak>,
): Promise<void> {
  await eventually('asr knows the meeting', MINUTES, async () => {
    const { rowCount } = await database.query(`SELECT 1 FROM asr.meetings WHERE meeting_id = $1`, [
      id,
    ]);
    return rowCount === 1 || undefined;
  });
  const segments = JSON.stringify(events.map(({ data }) => data.segment));
  await database.query(
    `INSERT INTO asr.segments (id, meeting_id, channel, speaker, start_ms, end_ms, text, revision, language, words, engine, degraded)
     SELECT one->>'id', $1, one->>'channel', one->'speaker', (one->>'startMs')::int, (one->>'endMs')::int,
       one->>'text', (one->>'revision')::int, 'en', '[]', one->>'engine', false
     FROM jsonb_array_elements($2::jsonb) one ON CONFLICT (id) DO NOTHING`,
    [id, segments],
  );
  await database.query(
    `INSERT INTO asr.outbox (event_id, envelope, published_at)
     SELECT (one->>'id')::uuid, one, now() FROM jsonb_array_elements($1::jsonb) one`,
    [JSON.stringify(events)],
  );
}

/** Until no service is behind by more than so many messages. */
async function settled(bus: RedisEventBus, most: number): Promise<void> {
  const groups = [
    ['nlu', ['transcript']],
    ['agent', ['insight']],
    ['rag', ['transcript']],
    ['ingestion', ['transcript', 'insight', 'suggestion', 'summary']],
  ] as const;
  await eventually('the services keep up', 10 * MINUTES, async () => {
    const states = await Promise.all(groups.map(([group, topics]) => bus.state(group, topics)));
    return states.flat().every(({ lag, pending }) => lag + pending <= most) || undefined;
  });
}

/** As ingestion keeps two channels: parts of ten seconds, sealed. */
async function record(
  { database }: RunningSystem,
  id: MeetingId,
  lines: number,
  settings: { BLOBS_DIR: string; BLOBS_KEY: string },
): Promise<void> {
  const blobs = await openBlobs({ ...settings, BLOBS_S3_REGION: '', BLOBS_S3_PREFIX: '' });
  if (!blobs) throw new Error('there is no place for blobs');
  const pcm = randomBytes(PART_MS * BYTES_PER_MS);
  for (const channel of CHANNELS) {
    for (let startMs = 0; startMs < lines * LINE_MS; startMs += PART_MS) {
      const part = newId<string>();
      const keyId = await blobs.put(`recordings/${id}/${part}`, pcm);
      await database.query(
        `INSERT INTO ingestion.recording_parts (id, meeting_id, channel, start_ms, end_ms, key_id)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [part, id, channel, startMs, startMs + PART_MS, keyId],
      );
    }
  }
  await blobs.close();
}

async function describe({ database }: RunningSystem, id: MeetingId): Promise<string> {
  const counted: [string, string][] = [
    ['lines', 'asr.segments'],
    ['timeline entries', 'ingestion.timeline_entries'],
    ['insights', 'nlu.insights'],
    ['suggestions', 'agent.suggestions'],
    ['summary versions', 'agent.summaries'],
    ['chunks with vectors', 'rag.chunks'],
    ['blobs of recording', 'ingestion.recording_parts'],
  ];
  const parts: string[] = [];
  for (const [what, table] of counted) {
    const { rows } = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE meeting_id = $1`,
      [id],
    );
    parts.push(`${(rows[0]?.count ?? 0).toLocaleString('en')} ${what}`);
  }
  return parts.join(', ');
}
