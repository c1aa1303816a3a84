'use client';

import {
  ParleyProblem,
  unwrap,
  type Meeting,
  type ParleyClient,
  type TimelineEntry,
} from '@parley/client';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { pageClient, type FeedState } from '@/parley';
import { EMPTY_MEETING, foldEntries, type MeetingState } from './fold-entries';

export interface FollowedMeeting {
  client: ParleyClient | null;
  meeting: Meeting | null;
  state: MeetingState;
  /** `away`: nothing is known of the meeting yet, and it is asked for again. `gone`: it cannot be shown. */
  connection: FeedState | 'away' | 'gone';
  problem: ParleyProblem | null;
  /** Folds what the page itself learnt, before the timeline says it. */
  apply: (entries: TimelineEntry[]) => void;
  /** Asks for what the timeline does not tell: what people said to being recorded. */
  reload: () => Promise<void>;
}

/** A service that was away is asked again after so long. */
const AGAIN_AFTER_MS = 2_000;

/** Follows a meeting for as long as the component is there. Entries are drawn once a frame, however many come. */
export function useMeeting(meetingId: string, socketUrl: string): FollowedMeeting {
  const [client, setClient] = useState<ParleyClient | null>(null);
  const [meeting, setMeeting] = useState<Meeting | null>(null);
  const [connection, setConnection] = useState<FollowedMeeting['connection']>('connecting');
  const [problem, setProblem] = useState<ParleyProblem | null>(null);
  const [state, apply] = useReducer(foldEntries, EMPTY_MEETING);

  useEffect(() => {
    const leaving = new AbortController();
    const made = pageClient({
      socketUrl,
      onFeed: (feed) => {
        if (!leaving.signal.aborted) setConnection(feed);
      },
    });
    setClient(made);
    let waiting: TimelineEntry[] = [];
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      apply(waiting);
      waiting = [];
    };
    /** Asks until somebody answers; who is refused is not let in by asking again. */
    const find = async (): Promise<Meeting> => {
      const params = { path: { id: meetingId } };
      for (;;) {
        try {
          return await unwrap(made.ingestion.GET('/v1/meetings/{id}', { params }));
        } catch (error) {
          const refused = error instanceof ParleyProblem && !error.isTemporary;
          if (refused || leaving.signal.aborted) throw error;
          setConnection('away');
          setProblem(error instanceof ParleyProblem ? error : null);
          await new Promise((again) => setTimeout(again, AGAIN_AFTER_MS));
        }
      }
    };
    const follow = async (): Promise<void> => {
      setMeeting(await find());
      for await (const entry of made.subscribe(meetingId, { signal: leaving.signal })) {
        waiting.push(entry);
        frame ||= requestAnimationFrame(draw);
      }
    };
    follow().catch((error: unknown) => {
      if (leaving.signal.aborted) return;
      setConnection('gone');
      setProblem(error instanceof ParleyProblem ? error : null);
    });
    return () => {
      leaving.abort();
      cancelAnimationFrame(frame);
    };
  }, [meetingId, socketUrl]);

  const reload = useCallback(async () => {
    if (!client) return;
    const params = { path: { id: meetingId } };
    const data = await unwrap(client.ingestion.GET('/v1/meetings/{id}', { params })).catch(
      () => null,
    );
    if (data) setMeeting(data);
  }, [client, meetingId]);
  return { client, meeting, state, connection, problem, apply, reload };
}
