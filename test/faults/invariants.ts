import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap, type Segment } from '@parley/client';
import { wordErrors } from '@parley/testing';
import { readLetters } from './bus-state';
import type { Cluster } from './cluster/cluster';
import type { Allowance } from './fault';
import type { LiveMeeting } from './meeting/live-meeting';

/** One stretch of a run after which everything is looked at. */
export interface Episode {
  cluster: Cluster;
  meetings: LiveMeeting[];
  allowances: ReadonlySet<Allowance>;
  /** What was still on its way when the time was up. */
  unsettled: string[];
  /** The words of each channel in the meeting that nothing disturbed; null when this is that meeting. */
  reference: Map<string, string> | null;
  /** The webhook connection's id, and the file's. */
  connections: { webhook: string; file: string };
}

/** What holds whatever is broken. */
export interface Invariant {
  says: string;
  /** @returns each violation as a sentence */
  violations(episode: Episode): Promise<string[]>;
}

/** A takeover begins where the last segment ended: what comes next may be cut, and so be heard, a little otherwise. */
const MOST_WORDS_OTHERWISE = 0.06;

export const invariants: readonly Invariant[] = [
  {
    says: 'everything comes to rest: nothing waits in a stream, an outbox or a queue',
    violations: ({ unsettled }) => Promise.resolve(unsettled),
  },
  {
    says: 'every millisecond that was sent is accounted for, and none is lost or shed',
    violations: (episode) =>
      perMeeting(episode, async ({ id, spoken }) => {
        const coverage = await unwrap(
          episode.cluster.client.ingestion.GET('/v1/meetings/{id}/coverage', {
            params: { path: { id } },
          }),
        );
        const { totalMs, transcribedMs, silenceMs, filteredMs, withheldMs } = coverage;
        const { pendingMs, shedMs, lostMs } = coverage;
        const parts =
          transcribedMs + silenceMs + filteredMs + withheldMs + pendingMs + shedMs + lostMs;
        const sentMs = spoken.lengthMs * spoken.tracks.size;
        const mayLose = episode.allowances.has('audio-lost');
        return [
          ...(parts === totalMs ? [] : [`the parts are ${String(parts)} of ${String(totalMs)} ms`]),
          ...(totalMs === sentMs ? [] : [`${String(totalMs)} of ${String(sentMs)} ms sent`]),
          ...(pendingMs === 0 ? [] : [`${String(pendingMs)} ms pending`]),
          ...(shedMs === 0 ? [] : [`${String(shedMs)} ms shed`]),
          ...(lostMs === 0 || mayLose ? [] : [`${String(lostMs)} ms lost`]),
        ];
      }),
  },
  {
    says: 'the transcript is the one of the meeting that nothing disturbed',
    violations: (episode) =>
      perMeeting(episode, async (meeting) => {
        if (!episode.reference || episode.allowances.has('audio-lost')) return [];
        const heard = textByChannel(await segmentsOf(episode.cluster, meeting.id));
        const otherwise: string[] = [];
        let words = 0;
        let wrong = 0;
        for (const [channel, expected] of episode.reference) {
          const { rate, words: length } = wordErrors(expected, heard.get(channel) ?? '');
          words += length;
          wrong += rate * length;
          if (rate > 0)
            otherwise.push(`${channel}: "${expected}" became "${heard.get(channel) ?? ''}"`);
        }
        return wrong <= words * MOST_WORDS_OTHERWISE ? [] : otherwise;
      }),
  },
  {
    says: 'no moment of a channel is in two segments',
    violations: (episode) =>
      perMeeting(episode, async ({ id }) => {
        const segments = await segmentsOf(episode.cluster, id);
        const sorted = [...segments].sort((a, b) => a.startMs - b.startMs);
        const ends = new Map<string, number>();
        return sorted.flatMap(({ channel, startMs, endMs }) => {
          const before = ends.get(channel) ?? 0;
          ends.set(channel, Math.max(before, endMs));
          return startMs < before ? [`${channel} at ${String(startMs)} ms`] : [];
        });
      }),
  },
  {
    says: 'every segment is understood once and stands on the feed once',
    violations: (episode) =>
      perMeeting(episode, async ({ id, feed }) => {
        const segments = (await segmentsOf(episode.cluster, id)).map((segment) => segment.id);
        const insights = await episode.cluster.postgres.rows<{ segment_id: string }>(
          'SELECT segment_id FROM nlu.insights WHERE meeting_id = $1',
          [id],
        );
        const shown = feed.durable.flatMap((entry) =>
          entry.type === 'segment.final' ? [entry.data.id] : [],
        );
        return [
          ...differences(
            'understood',
            segments,
            insights.map((row) => row.segment_id),
          ),
          ...differences('shown', segments, shown),
        ];
      }),
  },
  {
    says: 'the feed, over all its lines, is the timeline without a gap or a repeat',
    violations: (episode) =>
      perMeeting(episode, async ({ id, feed }) => {
        const [row] = await episode.cluster.postgres.rows<{ last: number; count: number }>(
          `SELECT coalesce(max(cursor), 0)::int AS last, count(*)::int AS count
           FROM ingestion.timeline_entries WHERE meeting_id = $1`,
          [id],
        );
        const seen = feed.durable.map(({ cursor }) => cursor ?? 0);
        const wanted = Array.from({ length: row?.last ?? 0 }, (_, at) => at + 1);
        return [
          ...(row?.count === row?.last
            ? []
            : [`the timeline holds ${String(row?.count)} of ${String(row?.last)}`]),
          ...differences('seen', wanted.map(String), seen.map(String)),
          ...(seen.every((cursor, at) => at === 0 || cursor > (seen[at - 1] ?? 0))
            ? []
            : ['out of order']),
        ];
      }),
  },
  {
    says: 'a suggestion that is approved many times becomes one action',
    violations: (episode) =>
      perMeeting(episode, async ({ approver }) => {
        const ids = approver.pressed.map(({ suggestionId }) => suggestionId);
        const actions = await episode.cluster.postgres.rows<{ id: string; suggestion_id: string }>(
          'SELECT id, suggestion_id FROM agent.actions WHERE suggestion_id = ANY($1::uuid[])',
          [ids],
        );
        const told = approver.pressed.flatMap(({ actionIds }) => actionIds);
        return [
          ...differences(
            'acted on',
            ids,
            actions.map((row) => row.suggestion_id),
          ),
          ...told
            .filter((id) => !actions.some((action) => action.id === id))
            .map((id) => `the action ${id} that was promised is not there`),
        ];
      }),
  },
  {
    says: 'every approved action has its effect once',
    violations: async (episode) => {
      const { cluster, connections } = episode;
      const rows = await cluster.postgres.rows<{ id: string; status: string; connection: string }>(
        `SELECT id, status, approved->>'connectionId' AS connection FROM agent.actions
         WHERE meeting_id = ANY($1::uuid[])`,
        [episode.meetings.map(({ id }) => id)],
      );
      const posted = cluster.receiver.requests.map(({ json }) => actionOf(json));
      const lines = await linesOf(cluster);
      return rows.flatMap(({ id, status, connection }) => {
        const byHook = posted.filter((other) => other === id).length;
        const byFile = lines.filter((other) => other === id).length;
        const isFile = connection === connections.file;
        const right = isFile ? byFile === 1 && byHook === 0 : byHook >= 1 && byFile === 0;
        return [
          // A webhook may be repeated, always under the same id: the receiver tells.
          ...(right ? [] : [`action ${id}: ${String(byFile)} lines, ${String(byHook)} posts`]),
          ...(status === 'delivered' ? [] : [`action ${id} is ${status}`]),
        ];
      });
    },
  },
  {
    says: 'a webhook that is repeated has the same id, and each is signed',
    violations: ({ cluster }) => {
      const ids = new Map<unknown, string>();
      return Promise.resolve(
        cluster.receiver.requests.flatMap(({ id, json, verified }) => {
          const action = actionOf(json);
          const known = ids.get(action) ?? id;
          ids.set(action, known);
          return [
            ...(known === id ? [] : [`action ${String(action)} came as ${known} and ${id}`]),
            ...(verified ? [] : [`${id} is not signed`]),
          ];
        }),
      );
    },
  },
  {
    says: 'nothing is given up',
    violations: async ({ cluster, allowances }) => {
      if (allowances.has('dead-letters')) return [];
      return (await readLetters(cluster.redis.client)).map(
        ({ stream, group, reason }) => `${group} gave up in ${stream}: ${reason}`,
      );
    },
  },
  {
    says: 'every meeting ends with one final summary',
    violations: (episode) =>
      perMeeting(episode, async ({ id }) => {
        const rows = await episode.cluster.postgres.rows<{ status: string }>(
          'SELECT status FROM agent.summaries WHERE meeting_id = $1 ORDER BY version DESC LIMIT 1',
          [id],
        );
        return rows[0]?.status === 'final' ? [] : [`the last is ${rows[0]?.status ?? 'missing'}`];
      }),
  },
];

/** What was heard, channel by channel. */
export function textByChannel(segments: readonly Segment[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { channel, text } of [...segments].sort((a, b) => a.startMs - b.startMs)) {
    texts.set(channel, `${texts.get(channel) ?? ''} ${text}`.trim());
  }
  return texts;
}

export async function segmentsOf({ client }: Cluster, id: string): Promise<Segment[]> {
  const query = { limit: 200 };
  const { items } = await unwrap(
    client.asr.GET('/v1/meetings/{id}/transcript', { params: { path: { id }, query } }),
  );
  return items;
}

async function perMeeting(
  { meetings }: Episode,
  look: (meeting: LiveMeeting) => Promise<string[]>,
): Promise<string[]> {
  const found = await Promise.all(meetings.map(look));
  return found.flat();
}

/** What is missing, and what is there more often than it should be. */
function differences(what: string, wanted: readonly string[], found: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1);
  const missing = wanted.filter((each) => !counts.has(each));
  const repeated = [...counts].filter(([, count]) => count > 1).map(([each]) => each);
  const known = new Set(wanted);
  const foreign = [...counts.keys()].filter((each) => !known.has(each));
  return [
    ...(missing.length > 0 ? [`not ${what}: ${missing.join(', ')}`] : []),
    ...(repeated.length > 0 ? [`${what} more than once: ${repeated.join(', ')}`] : []),
    ...(foreign.length > 0 ? [`${what}, but never there: ${foreign.join(', ')}`] : []),
  ];
}

function actionOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'actionId' in json
    ? json.actionId
    : undefined;
}

async function linesOf({ dataDir }: Cluster): Promise<unknown[]> {
  const text = await readFile(join(dataDir, 'deliveries/file.jsonl'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => actionOf(JSON.parse(line)));
}
