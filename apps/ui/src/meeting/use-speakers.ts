'use client';

import { unwrap, type MeetingSpeaker, type ParleyClient } from '@parley/client';
import { useEffect, useState } from 'react';

/** Who speaks in a meeting, asked when somebody wants to know; empty until it is known. */
export function useSpeakers(client: ParleyClient, meetingId: string): MeetingSpeaker[] {
  const [speakers, setSpeakers] = useState<MeetingSpeaker[]>([]);
  useEffect(() => {
    let leaving = false;
    const params = { path: { id: meetingId } };
    unwrap(client.asr.GET('/v1/meetings/{id}/speakers', { params })).then(
      ({ items }) => {
        if (!leaving) setSpeakers(items);
      },
      // Without the list a name can still be changed.
      () => undefined,
    );
    return () => {
      leaving = true;
    };
  }, [client, meetingId]);
  return speakers;
}
