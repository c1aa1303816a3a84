'use client';

import { unwrap, type ParleyClient, type SegmentTrace } from '@parley/client';
import { useEffect, useState } from 'react';

export interface FoundTrace {
  trace: SegmentTrace | null;
  error: unknown;
}

/**
 * How a line came about, asked for again whenever `changes` is another object: something may have come of it since.
 * What was known stays there meanwhile.
 */
export function useTrace(
  client: ParleyClient | null,
  meetingId: string,
  segmentId: string,
  changes: unknown,
): FoundTrace {
  const [found, setFound] = useState<FoundTrace>({ trace: null, error: null });
  useEffect(() => {
    if (!client) return;
    const leaving = new AbortController();
    const params = { path: { id: meetingId, segmentId } };
    const { signal } = leaving;
    unwrap(client.ingestion.GET('/v1/meetings/{id}/traces/{segmentId}', { params, signal })).then(
      (trace) => {
        setFound({ trace, error: null });
      },
      (error: unknown) => {
        if (!signal.aborted) setFound({ trace: null, error });
      },
    );
    return () => {
      leaving.abort();
    };
  }, [client, meetingId, segmentId, changes]);
  return found;
}
