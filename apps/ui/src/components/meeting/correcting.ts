'use client';

import type { Meeting, ParleyClient, Segment, Speaker, TimelineEntry } from '@parley/client';
import { useMemo, useRef } from 'react';

/** What it takes to put right what was heard; the same object as long as nothing of it changes. */
export interface Correcting {
  client: ParleyClient;
  meeting: Meeting;
  apply: (entries: TimelineEntry[]) => void;
  /** Shows at once what the timeline is about to say: all that one speaker said is another's, or theirs by a new name. */
  respeak: (speakerId: string, speaker: Speaker) => void;
}

export function useCorrecting(
  client: ParleyClient | null,
  meeting: Meeting | null,
  lines: Segment[],
  apply: Correcting['apply'],
): Correcting | null {
  const latest = useRef(lines);
  latest.current = lines;
  return useMemo(() => {
    if (!client || !meeting) return null;
    const respeak: Correcting['respeak'] = (speakerId, speaker) => {
      const at = new Date().toISOString();
      apply(
        latest.current
          .filter((line) => line.speaker?.id === speakerId)
          // The revision stays: the one that the service made of it takes its place.
          .map((line) => ({
            ...{ type: 'segment.revised' as const, meetingId: meeting.id, at },
            data: { ...line, speaker },
          })),
      );
    };
    return { client, meeting, apply, respeak };
  }, [client, meeting, apply]);
}
