import type { Fetch } from '../fetch';
import { ParleyProblem } from '../problems/parley-problem';
import { urlBelow } from '../url-below';
import { readEntries } from './read-entries';
import type { OpenFeed } from './subscribe';

/** A meeting's timeline as server-sent events. */
export function eventStreamFeed(
  meetingId: string,
  { url, headers, send }: { url: string; headers: Record<string, string>; send: Fetch },
): OpenFeed {
  const feed = urlBelow(url, `v1/meetings/${meetingId}/events`);
  return async (cursor, signal) => {
    const resuming = { ...headers, 'last-event-id': String(cursor) };
    const response = await send(new Request(feed, { headers: resuming, signal }));
    if (!response.ok || !response.body) {
      throw ParleyProblem.of(response, await response.json().catch(() => undefined));
    }
    return readEntries(response.body, signal);
  };
}
