import type { ParleyClient } from '@parley/client';
import { addDocuments, beginMeeting } from '../meeting/begin-meeting';
import { MeetingPlayer } from '../meeting/meeting-player';
import { collectResult } from './collect-result';
import type { ReplayResult } from './replay-result';
import type { ReplayedMeeting } from './replayed-meeting';

/** Holds the meeting again, at `speed` times the speed at which it was spoken. @returns what came of it, and how long it took. */
export async function replayMeeting(
  client: ParleyClient,
  recorded: ReplayedMeeting,
  options: {
    speed: number;
    signal: AbortSignal;
    onProgress: (doneMs: number, totalMs: number) => void;
  },
): Promise<{ result: ReplayResult; ms: number }> {
  const { speed, signal, onProgress } = options;
  await addDocuments(client, recorded.documents);
  const startedAt = performance.now();
  const meeting = await beginMeeting(client, recorded);
  await new MeetingPlayer(client, meeting.id, signal).play(recorded.tracks, { speed, onProgress });
  const result = await collectResult(client, meeting, signal);
  return { result, ms: performance.now() - startedAt };
}
