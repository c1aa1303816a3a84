import { randomUUID } from 'node:crypto';
import type { ServiceName } from '@parley/config';
import { newId } from '@parley/contracts';
import Redis from 'ioredis';
import type { Client } from 'pg';
import { promised, shown } from '../../harness/broken-promise';
import { plantSuggestion } from '../../harness/planted-suggestion';
import type { Subject } from './subject';

/** Things of the operator's own workspace, of every kind that a service keeps. */
export interface ForeignThings {
  /** Stands in every text among them, and nowhere else. */
  marker: string;
  /** By the path that leads to one, up to its parameter: `/v1/meetings/{id}`. */
  ids: Record<string, string>;
}

type Plant = (subject: Subject, marker: string) => Promise<ForeignThings['ids']>;

/** A service that keeps a new kind of thing plants one here: the walk complains about a path that it knows no id for. */
const PLANTS: Record<ServiceName | 'careless', Plant> = {
  ingestion: async (subject, marker) => ({
    '/v1/meetings/{id}': await made(subject, '/v1/meetings', { title: marker }),
    '/v1/keys/{id}': await made(subject, '/v1/keys', { name: marker, scopes: ['read'] }),
    '/v1/erasures/{id}': await erased(subject, marker),
    '/v1/planned-meetings/{id}': await planned(subject, marker),
  }),
  asr: async ({ around: { database } }, marker) => {
    const id = newId<string>();
    await insert(database, 'asr.meetings', { meeting_id: id });
    await insert(database, 'asr.segments', {
      ...{ id: `${id}:main:0`, meeting_id: id, channel: 'main', start_ms: 0, end_ms: 1_000 },
      ...{
        text: marker,
        revision: 0,
        language: 'en',
        words: '[]',
        engine: 'local',
        degraded: false,
      },
    });
    return { '/v1/meetings/{id}': id };
  },
  nlu: async ({ around: { database } }, marker) => {
    const id = newId<string>();
    const started = { time_zone: 'UTC', started_at: new Date() };
    await insert(database, 'nlu.meetings', { id, title: marker, participants: '[]', ...started });
    await insert(database, 'nlu.insights', {
      ...{ id: newId(), meeting_id: id, segment_id: `${id}:main:0`, revision: 0, start_ms: 0 },
      ...{ intent: 'statement', confidence: 1, engine: 'local', degraded: false },
      ...{ sentiment: JSON.stringify({ label: 'neutral', score: 0 }), entities: '[]' },
      topics: JSON.stringify([marker]),
    });
    return { '/v1/meetings/{id}': id };
  },
  rag: async (subject, marker) => {
    const id = await made(subject, '/v1/documents', {
      title: marker,
      text: `${marker}: the depot opens at nine.`,
    });
    const { json } = await subject.ask(`/v1/documents/${id}/chunks`);
    const [passage] = (json as { items: { id: string }[] }).items;
    return { '/v1/documents/{id}': id, '/v1/chunks/{id}': passage?.id ?? '' };
  },
  agent: async ({ around: { database } }, marker) => {
    const suggestion = await plantSuggestion(database, marker);
    const [action, meeting] = [newId<string>(), newId<string>()];
    await insert(database, 'agent.actions', {
      ...{ id: action, suggestion_id: suggestion, meeting_id: meeting, status: 'approved' },
      approved: JSON.stringify({
        ...{ connectionId: newId(), provider: 'file', tool: 'write', arguments: {} },
      }),
      sent_at: new Date('2999-01-01'),
    });
    const sections = { objectives: [], keyPoints: [], decisions: [], tasks: [], openQuestions: [] };
    const made = { engine: 'extractive-1', degraded: true };
    const summary = { meetingId: meeting, version: 1, status: 'final', sections, ...made };
    await insert(database, 'agent.summaries', {
      ...{ meeting_id: meeting, version: 1, status: 'final', summary: JSON.stringify(summary) },
    });
    return {
      '/v1/suggestions/{id}': suggestion,
      '/v1/actions/{id}': action,
      '/v1/meetings/{id}': meeting,
    };
  },
  integrations: async (subject, marker) => {
    const { database, redisUrl } = subject.around;
    const connection = { provider: 'file', name: marker, settings: {} };
    const delivery = newId<string>();
    await insert(database, 'integrations.deliveries', {
      ...{ id: delivery, action_id: newId(), suggestion_id: newId(), meeting_id: newId() },
      ...{ connection_id: newId(), provider: 'file', tool: 'write', arguments: '{}' },
      ...{ citations: '[]', traceparent: '', authorised: true, status: 'failed', reason: marker },
      tries_left: 0,
    });
    return {
      '/v1/connections/{id}': await made(subject, '/v1/connections', connection),
      '/v1/deliveries/{id}': delivery,
      '/v1/subscriptions/{id}': await subscribed(subject, marker),
      '/v1/calendar-feeds/{id}': await calendarFeed(subject, marker),
      '/v1/dead-letters/{letter}': await deadLetter(redisUrl, marker),
    };
  },
  careless: async (subject, marker) => ({
    '/v1/things/{id}': await made(subject, '/v1/things', { name: marker }),
  }),
};

export async function plantForeignThings(subject: Subject): Promise<ForeignThings> {
  const marker = `foreign ${randomUUID()}`;
  return { marker, ids: await PLANTS[subject.name](subject, marker) };
}

async function made(subject: Subject, path: string, json: object): Promise<string> {
  const answer = await subject.ask(path, { method: 'POST', json });
  promised(answer.status === 201, `POST ${path} answered ${answer.status}: ${shown(answer.text)}`);
  return (answer.json as { id: string }).id;
}

/** @returns a subscription whose address tells the marker. */
async function subscribed({ around: { database } }: Subject, marker: string): Promise<string> {
  const id = newId<string>();
  await insert(database, 'integrations.subscriptions', {
    ...{ id, workspace_id: 'default', url: `https://example.com/?${marker}`, kinds: '{summary}' },
    ...{ secrets: '', key_id: '', status: 'active' },
  });
  return id;
}

/** @returns a calendar feed whose name tells the marker; nobody looks at it before long. */
async function calendarFeed({ around: { database } }: Subject, marker: string): Promise<string> {
  const id = newId<string>();
  await insert(database, 'integrations.calendar_feeds', {
    ...{ id, workspace_id: 'default', name: marker, host: 'example.com', time_zone: 'UTC' },
    ...{ secrets: '', key_id: '', next_at: new Date('2999-01-01') },
  });
  return id;
}

async function planned({ around: { database } }: Subject, marker: string): Promise<string> {
  const id = newId<string>();
  await insert(database, 'ingestion.planned_meetings', {
    ...{ id, workspace_id: 'default', feed_id: newId(), key: id, revision: 1, status: 'planned' },
    ...{ title: marker, starts_at: new Date('2998-01-01'), ends_at: new Date('2999-01-01') },
  });
  return id;
}

/** @returns the receipt of a meeting that was held and erased. */
async function erased(subject: Subject, marker: string): Promise<string> {
  const path = `/v1/meetings/${await made(subject, '/v1/meetings', { title: marker })}`;
  const answer = await subject.ask(path, { method: 'DELETE' });
  promised(
    answer.status === 202,
    `DELETE ${path} answered ${answer.status}: ${shown(answer.text)}`,
  );
  return (answer.json as { id: string }).id;
}

async function insert(
  database: Client,
  table: string,
  row: Record<string, unknown>,
): Promise<void> {
  const names = Object.keys(row);
  await database.query(
    `INSERT INTO ${table} (${names.join(', ')})
     VALUES (${names.map((_, at) => `$${String(at + 1)}`).join(', ')})`,
    Object.values(row),
  );
}

async function deadLetter(redisUrl: string, reason: string): Promise<string> {
  const redis = new Redis(redisUrl);
  try {
    const event = JSON.stringify({ workspaceId: 'default', type: 'meeting.started' });
    const fields = { group: 'nlu', reason, deliveries: '5', event };
    const id = await redis.xadd('parley:meeting:dead', '*', ...Object.entries(fields).flat());
    return `meeting:${String(id)}`;
  } finally {
    redis.disconnect();
  }
}
