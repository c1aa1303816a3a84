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
  /**
   * @param from the version that is changed; the one that is shown when left out
   * @throws ParleyProblem `conflict` when somebody else changed it meanwhile
   */
  change: (change: SummaryChange, from?: number) => Promise<void>;
  /** Asks for the summary as it is now, and shows that. */
  latest: () => Promise<Summary>;
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
    const change = async (changes: SummaryChange, from = version): Promise<void> => {
      const params = { path: { id: meetingId } };
      const body = { ...changes, version: from };
      const data = await unwrap(client.agent.PATCH('/v1/meetings/{id}/summary', { params, body }));
      apply([{ type: 'summary', meetingId, at: new Date().toISOString(), data }]);
    };
    const latest = async (): Promise<Summary> => {
      const params = { path: { id: meetingId } };
      const data = await unwrap(client.agent.GET('/v1/meetings/{id}/summary', { params }));
      apply([{ type: 'summary', meetingId, at: new Date().toISOString(), data }]);
      return data;
    };
    return { change, latest };
  }, [client, meetingId, version, apply]);
}
