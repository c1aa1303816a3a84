import { unwrap, type ParleyClient } from '@parley/client';
import { beginMeeting } from '../../apps/standalone/src/meeting/begin-meeting';
import { MeetingPlayer } from '../../apps/standalone/src/meeting/meeting-player';

/** What somebody was heard to say; null for nobody known. */
export interface HeardTurn {
  who: string | null;
  startMs: number;
  endMs: number;
  text: string;
  /** Where somebody else was heard at the same time. */
  overlaps: { startMs: number; endMs: number }[];
}

const LIMIT_MS = 1_200_000;
const CHANNEL = 'room';

/** Holds a meeting of which all is on one channel, as fast as it is taken, and reads who said what. */
export async function hearMixed(client: ParleyClient, pcm: Buffer): Promise<HeardTurn[]> {
  const { id } = await beginMeeting(client, { title: 'Speakers', participants: [] });
  const player = new MeetingPlayer(client, id, AbortSignal.timeout(LIMIT_MS));
  await player.play(new Map([[CHANNEL, pcm]]), { speed: Infinity });
  const turns: HeardTurn[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = cursor === undefined ? { limit: 200 } : { limit: 200, cursor };
    const params = { path: { id }, query };
    const page = await unwrap(client.asr.GET('/v1/meetings/{id}/transcript', { params }));
    for (const { speaker, startMs, endMs, words = [], text, overlaps = [] } of page.items) {
      // A segment begins before its first word, and ends after its last.
      const [first, last] = [words.at(0), words.at(-1)];
      const spoken = { startMs: first?.startMs ?? startMs, endMs: last?.endMs ?? endMs };
      turns.push({ who: speaker?.id ?? null, ...spoken, text, overlaps });
    }
    cursor = page.nextCursor;
  }
  return turns;
}
