import { randomUUID } from 'node:crypto';
import type { ServiceName } from '@parley/config';
import type { EventType } from '@parley/contracts';
import type { Client } from 'pg';
import { plantSuggestion } from '../../harness/planted-suggestion';

/** One write that can be sent, changed, and counted by its effect. */
export interface Write {
  path: string;
  body: Record<string, unknown>;
  /** The same request with another payload. */
  otherBody: Record<string, unknown>;
  /** What the route refuses with 400. */
  badBody: Record<string, unknown>;
  /** How often it took effect so far; null where the route changes nothing. */
  effects: (() => Promise<number>) | null;
}

/** How the suite uses a service whose routes are all different. */
export interface Sample {
  /** A cheap write, each time a new one; null where the service takes none. */
  write: ((database: Client) => Promise<Write>) | null;
  /** Another route that takes writes, to which the first one's key must mean nothing. */
  otherWrite: { path: string; body: Record<string, unknown> } | null;
  /** A route that takes JSON of at most 1 MiB; where there is none, one that takes no body. */
  jsonRoute: { path: string };
  /** A cheap read. */
  read: string;
  /** A read that needs the table, to see what happens while nobody gets at it. */
  slowRead: { path: string; table: string };
  /** Where it keeps what `meeting.started` told; null where it does not listen. */
  meetings: { table: string; id: string } | null;
  /** An event that it handles; null where it handles none. */
  event: EventType | null;
  /** A path whose last part is an id of nothing. */
  unknown: string;
  /** Where it serves WebSockets; `{id}` is what the cheap write makes. */
  sockets: readonly string[];
}

const NOTHING = '01900000-0000-7000-8000-000000000000';
const marked = (): string => `conformance ${randomUUID()}`;

const counting = (database: Client, sql: string, value: string) => async (): Promise<number> => {
  const { rows } = await database.query<{ count: string }>(sql, [value]);
  return Number(rows[0]?.count);
};

export const SAMPLES: Record<ServiceName, Sample> = {
  ingestion: {
    write: async (database) => {
      const title = marked();
      return {
        path: '/v1/meetings',
        body: { title },
        otherBody: { title, platform: 'zoom' },
        badBody: { title: 7 },
        effects: counting(
          database,
          'SELECT count(*) FROM ingestion.meetings WHERE title = $1',
          title,
        ),
      };
    },
    otherWrite: { path: `/v1/meetings/${NOTHING}/end`, body: {} },
    jsonRoute: { path: '/v1/meetings' },
    read: '/v1/meetings',
    slowRead: { path: '/v1/meetings', table: 'ingestion.meetings' },
    meetings: null,
    event: 'transcript.final',
    unknown: `/v1/meetings/${NOTHING}`,
    sockets: ['/v1/meetings/{id}/audio', '/v1/meetings/{id}/events'],
  },
  asr: {
    write: null,
    otherWrite: null,
    jsonRoute: { path: '/v1/engines' },
    read: '/v1/engines',
    slowRead: { path: `/v1/meetings/${NOTHING}/transcript`, table: 'asr.meetings' },
    meetings: { table: 'asr.meetings', id: 'meeting_id' },
    event: 'meeting.started',
    unknown: `/v1/meetings/${NOTHING}/transcript`,
    sockets: ['/v1/listen?encoding=linear16&sample_rate=16000'],
  },
  nlu: {
    write: async () => {
      const text = marked();
      return {
        path: '/v1/analyses',
        body: { text },
        otherBody: { text: `${text}, and more` },
        badBody: { text: 7 },
        effects: null,
      };
    },
    otherWrite: null,
    jsonRoute: { path: '/v1/analyses' },
    read: `/v1/meetings/${NOTHING}/insights`,
    slowRead: { path: `/v1/meetings/${NOTHING}/insights`, table: 'nlu.meetings' },
    meetings: { table: 'nlu.meetings', id: 'id' },
    event: 'transcript.final',
    unknown: `/v1/meetings/${NOTHING}/insights`,
    sockets: [],
  },
  rag: {
    write: async (database) => {
      const title = marked();
      return {
        path: '/v1/documents',
        body: { title, text: `${title}: the depot opens at nine.` },
        otherBody: { title, text: `${title}: the depot opens at ten.` },
        badBody: { title: 7 },
        effects: counting(database, 'SELECT count(*) FROM rag.documents WHERE title = $1', title),
      };
    },
    otherWrite: { path: '/v1/search', body: { query: 'depot' } },
    jsonRoute: { path: '/v1/search' },
    read: '/v1/documents',
    slowRead: { path: '/v1/documents', table: 'rag.documents' },
    meetings: null,
    event: null,
    unknown: `/v1/documents/${NOTHING}`,
    sockets: [],
  },
  agent: {
    write: async (database) => {
      const id = await plantSuggestion(database, marked());
      return {
        path: `/v1/suggestions/${id}/reject`,
        body: { reason: 'not now' },
        otherBody: { reason: 'never' },
        badBody: { reason: 7 },
        effects: counting(
          database,
          `SELECT count(*) FROM agent.outbox
           WHERE envelope->>'type' = 'suggestion.decided' AND envelope::text LIKE '%' || $1 || '%'`,
          id,
        ),
      };
    },
    otherWrite: { path: `/v1/suggestions/${NOTHING}/approve`, body: {} },
    jsonRoute: { path: `/v1/suggestions/${NOTHING}/reject` },
    read: '/v1/suggestions',
    slowRead: { path: '/v1/suggestions', table: 'agent.suggestions' },
    meetings: { table: 'agent.meetings', id: 'id' },
    event: 'insight.created',
    unknown: `/v1/suggestions/${NOTHING}`,
    sockets: [],
  },
  integrations: {
    write: async (database) => {
      const name = marked();
      return {
        path: '/v1/connections',
        body: { provider: 'file', name, settings: {} },
        otherBody: { provider: 'file', name: `${name}, another`, settings: {} },
        badBody: { provider: 'file', name: 7, settings: {} },
        effects: counting(
          database,
          'SELECT count(*) FROM integrations.connections WHERE name = $1',
          name,
        ),
      };
    },
    otherWrite: { path: `/v1/deliveries/${NOTHING}/retry`, body: {} },
    jsonRoute: { path: '/v1/connections' },
    read: '/v1/providers',
    slowRead: { path: '/v1/connections', table: 'integrations.connections' },
    meetings: null,
    event: 'action.approved',
    unknown: `/v1/deliveries/${NOTHING}`,
    sockets: [],
  },
};
