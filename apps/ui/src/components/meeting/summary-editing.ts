'use client';

import {
  unwrap,
  type EditSummary,
  type ParleyClient,
  type Summary,
  type TimelineEntry,
} from '@parley/client';
import { useMemo } from 'react';

/** What is changed of one version. */
export type SummaryChange = Omit<EditSummary, 'version'>;

/** What it takes to put a summary right. */
export interface SummaryEditing {
  /** @throws ParleyProblem `conflict` when somebody else changed it meanwhile */
  change: (change: SummaryChange) => Promise<void>;
}

export function useSummaryEditing(
  client: ParleyClient | null,
  meetingId: string,
  summary: Summary | null,
  apply: (entries: TimelineEntry[]) => void,
): SummaryEditing | null {
  const version = summary?.version;
  return useMemo(() => {
    if (!client || version === undefined) return null;
    const change = async (changes: SummaryChange): Promise<void> => {
      const params = { path: { id: meetingId } };
      const body = { ...changes, version };
      const data = await unwrap(client.agent.PATCH('/v1/meetings/{id}/summary', { params, body }));
      apply([{ type: 'summary', meetingId, at: new Date().toISOString(), data }]);
    };
    return { change };
  }, [client, meetingId, version, apply]);
}
