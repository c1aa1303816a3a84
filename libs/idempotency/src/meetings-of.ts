/** Answers about more meetings than this are not kept whole. */
const MOST_MEETINGS = 100;
/** Ids of ours; anything else that calls itself a meeting id belongs to none. */
const ID = '[0-9A-Za-z-]{1,64}';
const MENTION = new RegExp(`"meetingId":"(${ID})"|"([0-9a-f-]{36}):[^"]*:`, 'g');
const IN_PATH = new RegExp(`/meetings/(${ID})(?:/|$)`);

/**
 * The meetings whose words an answer may hold, so that it can go when one of them is erased: named in the path, by a
 * `meetingId` in the request or anywhere in the answer, by a segment's id, or a meeting answered by its own route.
 * Null when they are too many to be followed.
 */
export function meetingsOf(
  request: { path: string; body: unknown },
  answer: string | null,
): string[] | null {
  const meetings = new Set<string>();
  const inPath = IN_PATH.exec(request.path)?.[1];
  if (inPath) meetings.add(inPath);
  const asked = fieldOf(request.body, 'meetingId');
  if (asked) meetings.add(asked);
  if (/\/meetings\/?$/.test(request.path)) {
    const own = /"id":"([0-9A-Za-z-]{1,64})"/.exec(answer ?? '')?.[1];
    if (own) meetings.add(own);
  }
  for (const [, meetingId, ofSegment] of (answer ?? '').matchAll(MENTION)) {
    meetings.add(meetingId ?? ofSegment ?? '');
    if (meetings.size > MOST_MEETINGS) return null;
  }
  return [...meetings];
}

function fieldOf(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null || !(name in body)) return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' && value.length <= 64 ? value : undefined;
}
