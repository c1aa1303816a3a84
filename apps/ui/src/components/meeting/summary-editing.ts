'use client';

import {
  ParleyProblem,
  unwrap,
  type EditSummary,
  type ParleyClient,
  type Summary,
  type TimelineEntry,
} from '@parley/client';
import { useEffect, useMemo, useRef } from 'react';

/** What is changed of one version. */
export type SummaryChange = Omit<EditSummary, 'version'>;

/** What it takes to put a summary right. */
export interface SummaryEditing {
  /**
   * Changes are made one after the other, as they were asked for.
   *
   * @param plan what is to be changed of the summary as it is when its turn has come; null: nothing. It is asked again
   * where somebody else changed the summary meanwhile; what it throws is thrown.
   * @throws ParleyProblem `conflict` when somebody else was quicker twice
   */
  change: (plan: (now: Summary) => SummaryChange | null) => Promise<void>;
}

export function useSummaryEditing(
  client: ParleyClient | null,
  meetingId: string,
  summary: Summary | null,
  apply: (entries: TimelineEntry[]) => void,
): SummaryEditing | null {
  // Ahead of what is drawn: the next change is of what the one before it made.
  const known = useRef<Summary | null>(null);
  useEffect(() => {
    const { current } = known;
    const isOlder =
      summary && current?.meetingId === meetingId && summary.version < current.version;
    if (!isOlder) known.current = summary;
  }, [summary, meetingId]);
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const isThere = summary !== null;
  return useMemo(() => {
    if (!client || !isThere) return null;
    const params = { path: { id: meetingId } };
    const show = (data: Summary): void => {
      known.current = data;
      apply([{ type: 'summary', meetingId, at: new Date().toISOString(), data }]);
    };
    const send: SummaryEditing['change'] = async (plan) => {
      const now = known.current;
      const changes = now && plan(now);
      if (!changes) return;
      const body = { ...changes, version: now.version };
      show(await unwrap(client.agent.PATCH('/v1/meetings/{id}/summary', { params, body })));
    };
    const sendOrAgain: SummaryEditing['change'] = async (plan) => {
      try {
        await send(plan);
      } catch (problem) {
        if (!(problem instanceof ParleyProblem) || problem.code !== 'conflict') throw problem;
        show(await unwrap(client.agent.GET('/v1/meetings/{id}/summary', { params })));
        await send(plan);
      }
    };
    const change: SummaryEditing['change'] = (plan) => {
      const changed = turn.current.then(() => sendOrAgain(plan));
      turn.current = changed.catch(() => undefined);
      return changed;
    };
    return { change };
  }, [client, meetingId, isThere, apply]);
}
