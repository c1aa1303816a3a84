'use client';

import { unwrap, type Meeting, type ParleyClient, type Segment } from '@parley/client';
import { useEffect, useRef, useState } from 'react';

/** A part of a recording is about as long; so much later a line can be heard. */
const ASK_EVERY_MS = 10_000;
/** The last part is there so long after the end. */
const LAST_PART_MS = 15_000;

/** Tells of a line whether its audio is kept. */
export type IsKept = (line: Segment) => boolean;

/** What audio is kept of a meeting; null as long as none is. Asked again while it is live, and once more after the end. */
export function useRecording(
  client: ParleyClient | null,
  meeting: Meeting | null,
  live: boolean,
): IsKept | null {
  const [isKept, setIsKept] = useState<IsKept | null>(null);
  const { id, keepAudio = false } = meeting ?? {};
  const sawItLive = useRef<string>(undefined);
  useEffect(() => {
    if (!client || id === undefined || !keepAudio) return;
    let left = false;
    const ask = async (): Promise<void> => {
      const params = { path: { id } };
      const found = await unwrap(
        client.ingestion.GET('/v1/meetings/{id}/recording/spans', { params }),
      );
      const spans = new Map(found.channels.map((one) => [one.channel, one.spans]));
      if (left) return;
      setIsKept(
        () => (line: Segment) =>
          spans
            .get(line.channel)
            ?.some(({ startMs, endMs }) => startMs < line.endMs && endMs > line.startMs) ?? false,
      );
    };
    // Without it there are no buttons: nothing else depends on it.
    const tried = (): void => void ask().catch(() => undefined);
    tried();
    const sawEnd = !live && sawItLive.current === id;
    if (live) sawItLive.current = id;
    const every = live ? setInterval(tried, ASK_EVERY_MS) : undefined;
    const once = sawEnd ? setTimeout(tried, LAST_PART_MS) : undefined;
    return () => {
      left = true;
      clearInterval(every);
      clearTimeout(once);
    };
  }, [client, id, keepAudio, live]);
  return isKept;
}
