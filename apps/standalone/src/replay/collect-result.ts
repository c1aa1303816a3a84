import { setTimeout as wait } from 'node:timers/promises';
import {
  unwrap,
  type Citation,
  type Coverage,
  type Insight,
  type Meeting,
  type ParleyClient,
  type Segment,
  type Summary,
  type Suggestion,
} from '@parley/client';
import type { ReplayLine, ReplayResult } from './replay-result';

const POLL_MS = 100;
const LIMIT_MS = 60_000;
const PAGE = 200;

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** What came of a meeting that has ended, once nothing of it is on its way any more. */
export async function collectResult(
  client: ParleyClient,
  meeting: Meeting,
  signal: AbortSignal,
): Promise<ReplayResult> {
  const { id } = meeting;
  const params = { path: { id } };
  const coverage = await settledCoverage(client, id, signal);
  const segments = await all((page) =>
    unwrap(client.asr.GET('/v1/meetings/{id}/transcript', { params: { ...params, query: page } })),
  );
  const insights = await all((page) =>
    unwrap(client.nlu.GET('/v1/meetings/{id}/insights', { params: { ...params, query: page } })),
  );
  const suggestions = await all((page) => {
    const query = { meetingId: id, ...page };
    return unwrap(client.agent.GET('/v1/suggestions', { params: { query } }));
  });
  const summary = await unwrap(client.agent.GET('/v1/meetings/{id}/summary', { params }));
  return {
    title: meeting.title,
    startedAt: meeting.startedAt,
    timeZone: meeting.timeZone,
    lines: linesOf(segments, insights),
    suggestions: suggestions.map(suggestionOf).sort(byKindAndText),
    summary: summaryOf(summary),
    coverage: statesOf(coverage),
  };
}

/** The ledger is written from events, and may be the last to know. */
async function settledCoverage(
  client: ParleyClient,
  id: string,
  signal: AbortSignal,
): Promise<Coverage> {
  const until = performance.now() + LIMIT_MS;
  for (;;) {
    const coverage = await unwrap(
      client.ingestion.GET('/v1/meetings/{id}/coverage', { params: { path: { id } } }),
    );
    if (coverage.pendingMs === 0 || performance.now() > until) return coverage;
    await wait(POLL_MS, undefined, { signal });
  }
}

async function all<T>(
  read: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await read({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

function linesOf(segments: Segment[], insights: Insight[]): ReplayLine[] {
  const insightOf = new Map(insights.map((insight) => [insight.segmentId, insight]));
  return segments
    .map((segment): ReplayLine => {
      const insight = insightOf.get(segment.id);
      return {
        channel: segment.channel,
        speaker: segment.speaker?.name ?? null,
        startMs: segment.startMs,
        endMs: segment.endMs,
        text: segment.text,
        insight: insight
          ? {
              intent: insight.intent,
              sentiment: insight.sentiment.label,
              entities: insight.entities.map(({ type, text, value }) =>
                value === undefined ? `${type} ${text}` : `${type} ${text} = ${value}`,
              ),
              topics: insight.topics,
            }
          : null,
      };
    })
    .sort((a, b) => a.startMs - b.startMs || compare(a.channel, b.channel));
}

function suggestionOf(suggestion: Suggestion): ReplayResult['suggestions'][number] {
  return {
    kind: suggestion.kind,
    text: suggestion.text,
    arguments: Object.entries(suggestion.arguments)
      .map(([name, value]) => `${name} = ${plain(value)}`)
      .sort(compare),
    citations: suggestion.citations.map(citationOf).sort(compare),
  };
}

function summaryOf({ sections }: Summary): ReplayResult['summary'] {
  return Object.entries(sections).flatMap(([section, lines]) =>
    lines.map(({ text, owner, dueDate, citations }) => ({
      section,
      text,
      owner: owner ?? null,
      dueDate: dueDate ?? null,
      citations: citations.map(citationOf).sort(compare),
    })),
  );
}

/** A document by its title, a segment by its channel: their ids are others each time. */
function citationOf({ type, id, quote, page, source }: Citation): string {
  const place = type === 'segment' ? channelOf(id) : (source ?? 'document');
  return `${place}${page === undefined ? '' : `, page ${page}`}: ${quote}`;
}

function channelOf(segmentId: string): string {
  return segmentId.split(':')[1] ?? segmentId;
}

function statesOf(coverage: Coverage): Record<string, number> {
  const { totalMs, transcribedMs, silenceMs, filteredMs, withheldMs } = coverage;
  const { pendingMs, shedMs, lostMs } = coverage;
  return {
    total: totalMs,
    transcribed: transcribedMs,
    silence: silenceMs,
    filtered: filteredMs,
    withheld: withheldMs,
    pending: pendingMs,
    shed: shedMs,
    lost: lostMs,
  };
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function byKindAndText(
  a: ReplayResult['suggestions'][number],
  b: ReplayResult['suggestions'][number],
): number {
  return compare(a.kind, b.kind) || compare(a.text, b.text);
}

/** By code unit: the machine's language must not decide the order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
