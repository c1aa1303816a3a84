'use client';

import { unwrap, type ParleyClient, type Summary, type TimelineEntry } from '@parley/client';
import { useEffect, useMemo, useRef } from 'react';
import { changeInTurn, type SummaryPlan } from './change-in-turn';

/** What it takes to put a summary right. */
export interface SummaryEditing {
  /**
   * Changes are made one after the other, as they were asked for.
   *
   * @param plan what is to be changed of the summary as it is when its turn has come; null: nothing. It is asked again
   * where somebody else changed the summary meanwhile; what it throws is thrown.
   * @throws ParleyProblem `conflict` when somebody else was quicker twice
   */
  change: (plan: SummaryPlan) => Promise<void>;
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
  const isThere = summary !== null;
  return useMemo(() => {
    if (!client || !isThere) return null;
    const params = { path: { id: meetingId } };
    const show = (data: Summary): void => {
      known.current = data;
      apply([{ type: 'summary', meetingId, at: new Date().toISOString(), data }]);
    };
    const change = changeInTurn({
      known: () => known.current,
      send: async (body) => {
        show(await unwrap(client.agent.PATCH('/v1/meetings/{id}/summary', { params, body })));
      },
      ask: async () => {
        show(await unwrap(client.agent.GET('/v1/meetings/{id}/summary', { params })));
      },
    });
    return { change };
  }, [client, meetingId, isThere, apply]);
}
