'use client';

import { unwrap, type MeetingTopic, type ParleyClient } from '@parley/client';
import { useEffect, useState } from 'react';

export interface FoundTopics {
  topics: MeetingTopic[];
  error: unknown;
}

/** Topics are asked for again after so many lines. */
const LINES_PER_LOOK = 8;
/** A timeline that is played back brings many lines at once, and what was just said is not understood yet. */
const LOOK_AFTER_MS = 2_000;
/** Not all who watch ask at once. */
const SPREAD_MS = 3_000;
/** When a meeting ends its last lines are still being heard, and then understood: it is looked at once more. */
const LAST_LOOK_AFTER_MS = 15_000;

/** The subjects of a meeting, as they are now. What was known stays there while they are asked for again. */
export function useTopics(
  client: ParleyClient | null,
  meetingId: string,
  lines: number,
  live: boolean,
): FoundTopics {
  const [found, setFound] = useState<FoundTopics>({ topics: [], error: null });
  const spoken = lines > 0;
  const look = Math.floor(lines / LINES_PER_LOOK);
  useEffect(() => {
    if (!client || !spoken) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const params = { path: { id: meetingId } };
    const ask = (): void => {
      unwrap(client.nlu.GET('/v1/meetings/{id}/topics', { params, signal })).then(
        ({ items }) => {
          setFound({ topics: items, error: null });
        },
        (error: unknown) => {
          if (!signal.aborted) setFound(({ topics }) => ({ topics, error }));
        },
      );
    };
    const delays = [LOOK_AFTER_MS, ...(live ? [] : [LAST_LOOK_AFTER_MS])];
    const timers = delays.map((ms) => setTimeout(ask, ms + Math.random() * SPREAD_MS));
    return () => {
      timers.forEach(clearTimeout);
      leaving.abort();
    };
  }, [client, meetingId, spoken, look, live]);
  return found;
}
